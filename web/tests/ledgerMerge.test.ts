import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '@/api'
import { joined, merge, merged, open } from '@/features/ledger/merge'

const field = (id: string, many = false): FieldDefinition => ({ id, name: id, type: 'text', required: false, help: null, group: null, many })
const FIELDS = [field('title'), field('owner'), field('tags', true), field('note')]
const BASE = { title: 'A', owner: 'x', tags: ['a', 'b'], note: null }

describe('a merge of two changes', () => {
  it('leaves out what nobody changed', () => {
    expect(merge(FIELDS, BASE, BASE, BASE)).toEqual([])
  })

  it('takes by itself what only one side changed, and what both changed alike', () => {
    const all = merge(FIELDS, BASE, { ...BASE, title: 'B', note: 'same' }, { ...BASE, owner: 'y', note: 'same' })
    expect(all.map((one) => [one.field.id, one.conflict, one.proposed])).toEqual([['title', false, 'theirs'], ['owner', false, 'mine'], ['note', false, 'theirs']])
    expect(open(all, {})).toEqual([])
    expect(merged({ ...BASE, title: 'B', note: 'same' }, all, {})).toEqual({ title: 'B', owner: 'y', tags: ['a', 'b'], note: 'same' })
  })

  it('asks where both changed a field to different values', () => {
    const all = merge(FIELDS, BASE, { ...BASE, title: 'B' }, { ...BASE, title: 'C' })
    expect(open(all, {}).map((one) => one.field.id)).toEqual(['title'])
    expect(open(all, { title: 'mine' })).toEqual([])
    expect(merged({ ...BASE, title: 'B' }, all, { title: 'mine' })['title']).toBe('C')
    expect(merged({ ...BASE, title: 'B' }, all, { title: 'theirs' })['title']).toBe('B')
  })

  it('joins lists: what either added stays, what either took away goes', () => {
    expect(joined(['a', 'b'], ['a', 'b', 'c'], ['b', 'd'])).toEqual(['b', 'c', 'd'])
    const all = merge(FIELDS, BASE, { ...BASE, tags: ['a', 'b', 'c'] }, { ...BASE, tags: ['b'] })
    expect(all[0]).toMatchObject({ conflict: true, proposed: 'both', both: ['b', 'c'] })
    expect(open(all, {})).toEqual([])
  })

  it('takes an emptied field as a change', () => {
    const all = merge(FIELDS, BASE, BASE, { ...BASE, owner: '' })
    expect(merged(BASE, all, {})['owner']).toBeNull()
  })
})
