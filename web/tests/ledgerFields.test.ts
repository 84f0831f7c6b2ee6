import { describe, expect, it } from 'vitest'
import type { FieldDefinition, LedgerType } from '@/api'
import { asked, changed, fieldWords, filled, groupsOf, present, type Values } from '@/features/ledger/fields'

function field(id: string, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { id, name: id, type: 'text', required: false, help: null, group: null, ...more }
}

const FIELDS = [
  field('title'),
  field('kind', { type: 'code', codes: [{ code: 'WEB', name: 'Website' }, { code: 'APP', name: 'App' }] }),
  field('address', { when: { field: 'kind', in: ['WEB'] } }),
  field('certificate', { when: { field: 'address', in: ['https'] } }),
  field('public', { type: 'boolean' }),
  field('audience', { when: { field: 'public', in: ['true'] }, many: true }),
  field('secret', { writable: false }),
]
const t = (key: string): string => (key === 'ui.word.join' ? '、' : key)

describe('conditional fields', () => {
  it('are there only while the other field has one of the values', () => {
    expect(present(FIELDS[2] as FieldDefinition, { kind: 'WEB' }, FIELDS)).toBe(true)
    expect(present(FIELDS[2] as FieldDefinition, { kind: 'APP' }, FIELDS)).toBe(false)
    expect(present(FIELDS[2] as FieldDefinition, {}, FIELDS)).toBe(false)
  })

  it('follow a condition on a field that is itself not there', () => {
    expect(present(FIELDS[3] as FieldDefinition, { kind: 'WEB', address: 'https' }, FIELDS)).toBe(true)
    expect(present(FIELDS[3] as FieldDefinition, { kind: 'APP', address: 'https' }, FIELDS)).toBe(false)
  })

  it('read yes and no, and any of several values', () => {
    expect(present(FIELDS[5] as FieldDefinition, { public: true }, FIELDS)).toBe(true)
    expect(present(FIELDS[5] as FieldDefinition, { public: false }, FIELDS)).toBe(false)
    expect(present(FIELDS[2] as FieldDefinition, { kind: ['APP', 'WEB'] }, FIELDS)).toBe(true)
  })

  it('are asked without those that may not be written', () => {
    expect(asked(FIELDS, { kind: 'APP' }).map((one) => one.id)).toEqual(['title', 'kind', 'public'])
  })
})

describe('what a form sends', () => {
  it('is for a new entry only what is filled in and asked', () => {
    const values: Values = { title: ' A ', kind: 'APP', address: 'left over', audience: [], public: false, secret: 'x' }
    expect(filled(FIELDS, values)).toEqual({ title: 'A', kind: 'APP', public: false })
  })

  it('is for a change what became different, with fields emptied that are no longer asked', () => {
    const before: Values = { title: 'A', kind: 'WEB', address: 'https', public: true, audience: ['all'], secret: 'x' }
    const values: Values = { ...before, kind: 'APP', audience: ['all', 'staff'], secret: 'y' }
    expect(changed(FIELDS, before, values)).toEqual({ kind: 'APP', address: null, audience: ['all', 'staff'] })
  })

  it('says nothing where blanks alone differ', () => {
    expect(changed(FIELDS, { title: 'A' }, { title: 'A ', kind: '', audience: [] })).toEqual({})
  })
})

describe('words of a field', () => {
  it('name codes, units and lists', () => {
    expect(fieldWords(FIELDS[1] as FieldDefinition, ['WEB', 'APP'], t)).toBe('Website、App')
    expect(fieldWords(field('n', { type: 'number', unit: '万元' }), 1234.5, t)).toBe('1,234.5 万元')
    expect(fieldWords(field('o', { type: 'organisation' }), '330500', t, new Map([['330500', 'Huzhou']]))).toBe('Huzhou')
  })

  it('show a point by its degrees and a dash for nothing', () => {
    expect(fieldWords(field('g', { type: 'geometry' }), { type: 'Point', coordinates: [120.1, 30.9] }, t)).toBe('120.1, 30.9')
    expect(fieldWords(FIELDS[0] as FieldDefinition, [], t)).toBe('–')
  })
})

describe('groups of fields', () => {
  const definition = { groups: [{ id: 'basic', name: 'Basics', help: 'First' }, { id: 'rest', name: 'Rest', help: null }] } as LedgerType

  it('stand in the type’s order and are found by identifier or name; empty ones are left out', () => {
    const groups = groupsOf(definition, 'Others', [field('a', { group: 'Basics' }), field('b', { group: 'basic' }), field('c')])
    expect(groups.map((one) => [one.name, one.fields.map((f) => f.id)])).toEqual([['Basics', ['a', 'b']], ['Others', ['c']]])
  })
})
