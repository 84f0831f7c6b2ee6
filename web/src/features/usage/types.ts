import type { Allowed, Day, OrganisationRef, ProcessPicture, Ref, Time, TimelineEntry } from '@/api'

/** Why a day or a grant does not count; for a grant with the number of days. */
export interface Reason {
  rule: string
  text: string
  plan: string
  days: number
}

export type Verdict = 'PLAUSIBLE' | 'IMPLAUSIBLE' | 'NONE'

/** A grant in the list of use. */
export interface GrantUse {
  id: string
  application: Ref
  interface: Ref
  organisation: OrganisationRef
  owner: OrganisationRef
  state: 'ACTIVE' | 'EXPIRED' | 'REVOKED'
  validUntil: Time
  plausibleDays: number
  implausibleDays: number
  answered: number
  subjects: number
  effective: boolean
  lastPlausible: Day | null
  lastAnswered: Time | null
  reasons: Reason[]
  reclaim: string | null
  exempted: Day | null
}

/** What calls did on a day; `hours` has 24 numbers. */
export interface UseDay {
  day: Day
  answered: number
  refused: number
  empty: number
  rows: number
  subjects: number
  withMatter: number
  inHours: number
  addresses: number
  keys: number
  matters: string[]
  hours: number[]
  verdict: Verdict
  reasons: Reason[]
}

export interface Standing {
  asOf: Day
  plausibleDays: number
  implausibleDays: number
  answered: number
  subjects: number
  effective: boolean
  lastPlausible: Day | null
  lastAnswered: Time | null
  reasons: Reason[]
}

export interface CaseRow {
  id: string
  state: CaseState
  opened: Time
  settled: Time | null
  idleSince: Day
}

/** The use of one grant. */
export interface Use {
  standing: Standing | null
  days: UseDay[]
  idleSince: Day | null
  idleLimit: number
  windowDays: number
  exemption: { until: Day; reason: string; given: Time; givenBy: string } | null
  cases: CaseRow[]
  allowed: Allowed[]
}

export type CaseState = 'ASKED' | 'LAST_CALL' | 'CLAIMED' | 'DOUBTFUL' | 'KEPT' | 'GIVEN_BACK' | 'RECLAIMED' | 'RESTORED' | 'USED_AGAIN' | 'EXEMPTED' | 'ENDED'

/** The case of an idle grant; rows of lists have no process, timeline and deadline. */
export interface ReclaimCase {
  id: string
  grant: string
  title: string
  organisation: OrganisationRef
  owner: OrganisationRef
  grade: 'L1' | 'L2' | 'L3' | 'L4'
  idleSince: Day
  idleDays: number
  state: CaseState
  opened: Time
  claimed: { time: Time; by: string } | null
  claim: string | null
  settled: { time: Time; by: string } | null
  reason: string | null
  keptUntil: Day | null
  restorable: Day | null
  leastReason: number
  due: Time | null
  remainingWorkingMinutes: number | null
  overdue: boolean
  process: ProcessPicture | null
  timeline: TimelineEntry[] | null
  allowed: Allowed[]
  version: number
}

/** Grants effectively shared over grants in force; the rate is between 0 and 1. */
export interface Rate {
  code: string
  name: string
  granted: number
  used: number
  doubtful: number
  rate: number | null
}

export interface Rates {
  city: Rate
  rates: Rate[]
  trend: { day: Day; granted: number; used: number; rate: number | null }[]
  effective: { days: number; plausibleDays: number; subjects: number }
}
