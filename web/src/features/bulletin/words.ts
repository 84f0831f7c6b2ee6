import { formatShare } from '@/ui'
import type { Letter } from './types'

/** The state whose sign and colour a letter's state has. */
export function lookOf(letter: Pick<Letter, 'state' | 'overdue' | 'leftOut'>): string {
  if (letter.leftOut) return 'NONE'
  if (letter.overdue) return 'OVERDUE'
  return { DRAFT: 'DRAFT', SENT: 'LATE', ACKNOWLEDGED: 'IN_REVIEW', ANSWERED: 'IN_REVIEW', RETURNED: 'RETURNED', ACCEPTED: 'APPROVED' }[letter.state]
}

/** The key of a letter's state in words. */
export function wordOf(letter: Pick<Letter, 'state' | 'leftOut'>): string {
  return `bulletin.state.${letter.leftOut ? 'LEFT_OUT' : letter.state}`
}

/** A change of a share in percentage points with its sign: +1.2. */
export function formatPoints(change: number | null): string {
  if (change === null) return '–'
  const points = (change * 100).toFixed(1)
  return points === '-0.0' || points === '0.0' ? '0.0' : change > 0 ? `+${points}` : points
}

/** The months from this one backwards, as yyyy-MM. */
export function monthsBack(today: string, count: number): string[] {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, month - back, 1)).toISOString().slice(0, 7))
}

/** A share for plots. */
export const share = (value: number | null): string => formatShare(value)
