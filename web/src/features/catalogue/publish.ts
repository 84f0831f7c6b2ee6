import type { DatasetColumn, Grade } from '@/api'

const SLUG = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/

/** Whether a word may be an interface's identifier: 3 to 40 of a-z, 0-9 and inner hyphens, a letter first. */
export function isSlug(word: string): boolean {
  return SLUG.test(word)
}

/** Names that a call uses for itself. */
export const RESERVED: ReadonlySet<string> = new Set(['fields', 'limit', 'after'])

/** Only a column whose grade a person has confirmed may be published. */
export function isUsable(column: DatasetColumn): boolean {
  return column.confirmed && column.grade !== null
}

/** How well a column finds single rows: its distinct values among those that are there, 0 to 1. */
export function uniqueness(column: DatasetColumn): number | null {
  const profile = column.profile
  if (!profile) return null
  const present = profile.count - profile.nulls
  return present > 0 ? Math.min(1, profile.distinct / present) : null
}

/** Columns that find single rows best, for a first proposal of keys; none when no column is close to unique. */
export function proposedKeys(columns: readonly DatasetColumn[]): string[] {
  const best = columns
    .map((column) => ({ name: column.name, share: column.profile?.count ? column.profile.distinct / column.profile.count : 0 }))
    .filter((one) => one.share > 0.9)
    .sort((a, b) => b.share - a.share)[0]
  return best ? [best.name] : []
}

const ORDER: readonly Grade[] = ['L1', 'L2', 'L3', 'L4']

/** The highest grade among columns; a column without one leaves it open. */
export function highestGrade(columns: readonly DatasetColumn[]): Grade | null {
  const ranks = columns.map((column) => (column.grade ? ORDER.indexOf(column.grade) : -1))
  return ranks.length && !ranks.includes(-1) ? (ORDER[Math.max(...ranks)] ?? null) : null
}
