import type { CaseState, Severity } from './types'

/** The state whose sign and colour a case's state has. */
export function lookOf(state: CaseState): string {
  const looks: Record<CaseState, string> = { NOTICED: 'LATE', JUDGING: 'IN_REVIEW', RECTIFYING: 'LATE', RECHECKING: 'IN_REVIEW', DISMISSED: 'NONE', RECTIFIED: 'GOOD', REVOKED: 'REVOKED' }
  return looks[state]
}

/** The state whose sign and colour a severity has. */
export function lookOfSeverity(severity: Severity): string {
  const looks: Record<Severity, string> = { LOW: 'NONE', MEDIUM: 'WATCH', HIGH: 'BAD' }
  return looks[severity]
}

export const STATES: readonly CaseState[] = ['NOTICED', 'JUDGING', 'RECTIFYING', 'RECHECKING', 'DISMISSED', 'RECTIFIED', 'REVOKED']
export const SEVERITIES: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH']

/** A length of time as the rules write it, as a number and the key of its unit. */
export function lengthOf(text: string): { n: number; unit: 'day' | 'hour' | 'minute' } {
  const n = Number(/\d+/.exec(text)?.[0] ?? 0)
  return { n, unit: !text.includes('T') ? 'day' : text.endsWith('H') ? 'hour' : 'minute' }
}
