import { describe, expect, it } from 'vitest'
import type { DatasetColumn } from '@/api'
import { compared, faultsOf, mended, surelyNot, type ColumnDraft } from '@/features/catalogue/columns'
import { highestGrade, isSlug, proposedKeys } from '@/features/catalogue/publish'

function draft(index: number, name: string, label: string, more: Partial<ColumnDraft> = {}): ColumnDraft {
  return { index, name, label, type: 'TEXT', included: true, ...more }
}

function column(name: string, distinct: number, nulls: number, more: Partial<DatasetColumn> = {}): DatasetColumn {
  return {
    name, label: name, type: 'TEXT', position: 0, description: null, kind: null, kindShare: null, suggestion: null, element: null, grade: null, confirmed: false, confirmedBy: null, confirmedAt: null,
    profile: { count: 100, nulls, distinct, min: null, max: null, checkFailures: 0, patterns: [], top: [], histogram: [] },
    ...more,
  }
}

describe('names of columns', () => {
  it('must be there, well formed and unique', () => {
    const faults = faultsOf([draft(0, '', 'A'), draft(1, 'Name', 'B'), draft(2, 'phone', 'C'), draft(3, 'phone', 'C'), draft(4, 'ok_1', 'D')])
    expect(faults.get(0)).toEqual({ name: 'nameEmpty' })
    expect(faults.get(1)).toEqual({ name: 'nameForm' })
    expect(faults.get(2)).toEqual({ name: 'nameTwice', label: 'labelTwice' })
    expect(faults.get(3)).toEqual({ name: 'nameTwice', label: 'labelTwice' })
    expect(faults.has(4)).toBe(false)
  })

  it('do not matter where the column is left out', () => {
    expect(faultsOf([draft(0, 'a', 'A'), draft(1, 'a', 'A', { included: false }), draft(2, '', '', { included: false })]).size).toBe(0)
  })

  it('are mended to the nearest good ones, and good ones stay', () => {
    const columns = mended([draft(0, 'name', 'N'), draft(1, 'name', 'N'), draft(2, '', ''), draft(3, 'Birth Date', 'B'), draft(4, '2023', 'Y'), draft(5, '\u59d3\u540d', 'X')])
    expect(columns.map((one) => one.name)).toEqual(['name', 'name_2', 'column_3', 'birth_date', 'c_2023', 'column_6'])
    expect(columns.map((one) => one.label)).toEqual(['N', 'N 2', 'column_3', 'B', 'Y', 'X'])
    expect(faultsOf(columns).size).toBe(0)
  })

  it('meet again where a mended name is already taken', () => {
    const columns = mended([draft(0, 'a', '1'), draft(1, 'a', '2'), draft(2, 'a_2', '3')])
    expect(new Set(columns.map((one) => one.name)).size).toBe(3)
    expect(faultsOf(columns).size).toBe(0)
  })
})

describe('cells of the preview', () => {
  it('are marked only when they surely cannot be read', () => {
    expect(surelyNot('2023-02-30', 'DATE')).toBe(true)
    expect(surelyNot('2024/2/29', 'DATE')).toBe(false)
    expect(surelyNot('20230229', 'DATE')).toBe(true)
    expect(surelyNot('\uff13\uff14', 'INTEGER')).toBe(false)
    expect(surelyNot('1,234', 'INTEGER')).toBe(false)
    expect(surelyNot('12a', 'INTEGER')).toBe(true)
    expect(surelyNot('12.50', 'DECIMAL')).toBe(false)
    expect(surelyNot('abc', 'DECIMAL')).toBe(true)
    expect(surelyNot(null, 'INTEGER')).toBe(false)
    expect(surelyNot('anything', 'TEXT')).toBe(false)
  })
})

describe('a file beside its dataset', () => {
  it('tells what is missing, added and of another type', () => {
    const found = compared([draft(0, 'a', 'A', { type: 'INTEGER' }), draft(1, 'b', 'B'), draft(2, 'c', 'C', { included: false })], [column('a', 1, 0), column('c', 1, 0)])
    expect(found).toEqual({ missing: ['c'], added: ['B'], retyped: ['A'] })
  })
})

describe('an interface', () => {
  it('is proposed to be asked by the column that is most complete and unique', () => {
    expect(proposedKeys([column('name', 40, 0), column('phone', 92, 8), column('id', 99, 1)])).toEqual(['id'])
    expect(proposedKeys([column('name', 40, 0)])).toEqual([])
  })

  it('has the highest grade of its fields, or none while one has none', () => {
    expect(highestGrade([column('a', 1, 0, { grade: 'L2' }), column('b', 1, 0, { grade: 'L3' })])).toBe('L3')
    expect(highestGrade([column('a', 1, 0, { grade: 'L2' }), column('b', 1, 0)])).toBeNull()
    expect(highestGrade([])).toBeNull()
  })

  it('is named by small letters, digits and inner hyphens', () => {
    for (const good of ['abc', 'resident-lookup', 'a1b']) expect(isSlug(good), good).toBe(true)
    for (const bad of ['ab', '-abc', 'abc-', 'Abc', 'a--b', 'a_b', 'a'.repeat(64)]) expect(isSlug(bad), bad).toBe(false)
  })
})
