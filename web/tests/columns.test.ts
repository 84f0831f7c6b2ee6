import { describe, expect, it } from 'vitest'
import type { DatasetColumn, Probe, ProbedColumn } from '@/api'
import { adopted, compared, encodingsWith, faultsOf, mended, ordered, surelyNot, type ColumnDraft } from '@/features/catalogue/columns'
import { highestGrade, isSlug, isUsable, proposedKeys } from '@/features/catalogue/publish'
import { readCsv, sentBack, shapeOf } from '@/features/catalogue/rejects'

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

describe('columns for a dataset that is there', () => {
  const known = [column('id_number', 1, 0, { label: 'Id', type: 'TEXT' }), column('born', 1, 0, { label: 'Born', type: 'DATE' })]
  const probed = (index: number, sourceName: string): ProbedColumn => ({ index, sourceName, name: '', label: '', type: 'TEXT', samples: [], problems: [] })

  it('take over names and types by name, label or the name in the file', () => {
    const columns = adopted([draft(0, 'column_1', 'x'), draft(1, 'b', 'Born')], [probed(0, 'Id'), probed(1, 'b')], known)
    expect(columns.map((one) => [one.name, one.type])).toEqual([['id_number', 'TEXT'], ['born', 'DATE']])
  })

  it('take them over by position when no name is the same and the numbers agree', () => {
    expect(adopted([draft(0, 'c1', 'c1'), draft(1, 'c2', 'c2')], [], known).map((one) => one.name)).toEqual(['id_number', 'born'])
    expect(adopted([draft(0, 'c1', 'c1')], [], known).map((one) => one.name)).toEqual(['c1'])
  })

  it('never take the same one twice', () => {
    expect(adopted([draft(0, 'a', 'Id'), draft(1, 'b', 'Id')], [], known).map((one) => one.name)).toEqual(['id_number', 'born'])
    expect(adopted([draft(0, 'a', 'Id'), draft(1, 'b', 'Id'), draft(2, 'c', 'C')], [], known).map((one) => one.name)).toEqual(['id_number', 'b', 'c'])
  })

  it('prefer the label over a name that stands twice in the file', () => {
    const twice = [column('owner', 1, 0, { label: 'Name' }), column('owner2', 1, 0, { label: 'Name 2' })]
    const columns = adopted([draft(0, 'name', 'Name 2'), draft(1, 'name_2', 'Name')], [probed(0, 'Name'), probed(1, 'Name')], twice)
    expect(columns.map((one) => one.name)).toEqual(['owner2', 'owner'])
    expect(ordered(columns, twice).map((one) => one.name)).toEqual(['owner', 'owner2'])
  })
})

describe('mended rejects', () => {
  const shape = { separator: ';', header: true, names: ['id', 'a;b'] }
  const probe = { format: 'CSV', encoding: 'UTF_8', encodingReason: null, separator: ';', quote: '"', header: true, sheet: null, sheets: [], columns: ['id', 'a;b'].map((sourceName, index) => ({ index, sourceName, name: '', label: '', type: 'TEXT' as const, samples: [], problems: [] })), preview: [], problems: [] } satisfies Probe

  it('are read as a spreadsheet saves them', () => {
    expect(readCsv('\ufeffa,b\r\n1,"x, ""y""\nz"\r\n2,')).toEqual([['a', 'b'], ['1', 'x, "y"\nz'], ['2', '']])
  })

  it('become a file like the first one', () => {
    const rejects = '\ufeffline,column,reason,text\r\n7,id,wrong,"330502;x\n"\r\n9,id,wrong,"\'=1+1;y"\r\n12,id,wrong,\r\n'
    expect(sentBack(rejects, shape)).toBe('id;"a;b"\n330502;x\n=1+1;y\n')
    expect(sentBack(rejects, { ...shape, header: false })).toBe('330502;x\n=1+1;y\n')
  })

  it('need a file of text with separators', () => {
    expect(shapeOf(probe)).toEqual(shape)
    expect(shapeOf({ ...probe, format: 'PARQUET' })).toBeUndefined()
  })

  it('are refused when there is nothing in them to send', () => {
    expect(sentBack('a,b\n1,2\n', shape)).toBeUndefined()
    expect(sentBack('line,column,reason,text\n', shape)).toBeUndefined()
  })
})

describe('encodings to choose from', () => {
  it('are spelled like the one that was detected', () => {
    expect(encodingsWith('UTF-8')).toEqual(['UTF-8', 'GB18030', 'UTF-16LE', 'UTF-16BE'])
    expect(encodingsWith('UTF_8_BOM')).toEqual(['UTF_8', 'GB18030', 'UTF_16LE', 'UTF_16BE', 'UTF_8_BOM'])
  })
})

describe('an interface', () => {
  it('takes only columns whose grade a person has confirmed', () => {
    expect(isUsable(column('a', 1, 0, { grade: 'L1', confirmed: true }))).toBe(true)
    expect(isUsable(column('a', 1, 0, { grade: 'L1' }))).toBe(false)
    expect(isUsable(column('a', 1, 0, { confirmed: true }))).toBe(false)
  })

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
    for (const bad of ['ab', '-abc', '1ab', 'abc-', 'Abc', 'a_b', 'a'.repeat(41)]) expect(isSlug(bad), bad).toBe(false)
  })
})
