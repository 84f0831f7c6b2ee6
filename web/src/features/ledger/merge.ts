import type { FieldDefinition, FieldValue } from '@/api'
import { isEmpty, same, sent, type Values } from './fields'

export type Side = 'theirs' | 'mine' | 'both'

/** A field that is not the same in all three: what it was, what others made of it, what I make of it. */
export interface MergeField {
  field: FieldDefinition
  base: FieldValue
  theirs: FieldValue
  mine: FieldValue
  /** Both changed it, to different values: a person must choose. */
  conflict: boolean
  /** For lists: what both sides added and none took away. */
  both?: string[]
  /** What is taken where nobody chooses; nothing for a conflict without a safe answer. */
  proposed: Side | null
}

const listOf = (value: FieldValue): string[] => (Array.isArray(value) ? value : isEmpty(value) ? [] : [String(value)])

/** A list with what either side added and without what either side took away. */
export function joined(base: FieldValue, theirs: FieldValue, mine: FieldValue): string[] {
  const [was, other, own] = [listOf(base), listOf(theirs), listOf(mine)]
  const gone = was.filter((one) => !other.includes(one) || !own.includes(one))
  return [...new Set([...other, ...own])].filter((one) => !gone.includes(one))
}

/** The fields that somebody changed since the version on which the change was begun. */
export function merge(fields: readonly FieldDefinition[], base: Values, theirs: Values, mine: Values): MergeField[] {
  return fields.flatMap((field): MergeField[] => {
    const [was, other, own] = [sent(base[field.id]), sent(theirs[field.id]), sent(mine[field.id])]
    if (same(other, own) && same(was, other)) return []
    const one = { field, base: was, theirs: other, mine: own }
    if (same(other, own)) return [{ ...one, conflict: false, proposed: 'theirs' }]
    if (same(was, own)) return [{ ...one, conflict: false, proposed: 'theirs' }]
    if (same(was, other)) return [{ ...one, conflict: false, proposed: 'mine' }]
    return field.many ? [{ ...one, conflict: true, both: joined(was, other, own), proposed: 'both' }] : [{ ...one, conflict: true, proposed: null }]
  })
}

/** The value that a choice stands for. */
export function chosen(one: MergeField, side: Side | null): FieldValue {
  return side === 'mine' ? one.mine : side === 'both' ? (one.both ?? one.mine) : one.theirs
}

/** What is still to be chosen. */
export function open(all: readonly MergeField[], choices: Readonly<Record<string, Side | null>>): MergeField[] {
  return all.filter((one) => (choices[one.field.id] ?? one.proposed) === null)
}

/** All values after the merge: theirs, with what was chosen of mine. */
export function merged(theirs: Values, all: readonly MergeField[], choices: Readonly<Record<string, Side | null>>): Values {
  return { ...theirs, ...Object.fromEntries(all.map((one) => [one.field.id, chosen(one, choices[one.field.id] ?? one.proposed)])) }
}
