import { addDays } from '@/ui'
import type { CaseState, UseDay } from './types'

/** The state whose sign and colour a case's state has. */
export function lookOf(state: CaseState): string {
  const looks: Record<CaseState, string> = {
    ASKED: 'LATE', LAST_CALL: 'OVERDUE', CLAIMED: 'IN_REVIEW', DOUBTFUL: 'IN_REVIEW', KEPT: 'GOOD', GIVEN_BACK: 'NONE', RECLAIMED: 'REVOKED', RESTORED: 'GOOD', USED_AGAIN: 'GOOD', EXEMPTED: 'NONE', ENDED: 'NONE',
  }
  return looks[state]
}

export const STATES: readonly CaseState[] = ['ASKED', 'LAST_CALL', 'CLAIMED', 'DOUBTFUL', 'KEPT', 'GIVEN_BACK', 'RECLAIMED', 'RESTORED', 'USED_AGAIN', 'EXEMPTED', 'ENDED']

/** Every day up to the last one, with what was called on it; days without calls have none. */
export function everyDay(days: readonly UseDay[], last: string, count: number): { day: string; use: UseDay | null }[] {
  const known = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: count }, (_, index) => addDays(last, index - count + 1)).map((day) => ({ day, use: known.get(day) ?? null }))
}

/** Calls by day of the week (Monday first) and hour. */
export function byHour(days: readonly UseDay[]): number[][] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (const day of days) {
    const row = week[(new Date(`${day.day}T00:00:00Z`).getUTCDay() + 6) % 7]
    day.hours.forEach((calls, hour) => {
      if (row) row[hour] = (row[hour] ?? 0) + calls
    })
  }
  return week
}
