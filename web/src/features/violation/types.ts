import type { Allowed, Day, OrganisationRef, ProcessPicture, Time, TimelineEntry } from '@/api'

export type CaseState = 'NOTICED' | 'JUDGING' | 'RECTIFYING' | 'RECHECKING' | 'DISMISSED' | 'RECTIFIED' | 'REVOKED'
export type Severity = 'LOW' | 'MEDIUM' | 'HIGH'
export type Against = 'APPLICATION' | 'INTERFACE'

/** A window in which the rule fired, with records that prove it. */
export interface Finding {
  window: Time
  amount: number
  first: Time
  last: Time
  grants: string[]
  keys: string[]
  interfaces: string[]
  samples: { record: string; origin: string; index: number; time: Time }[]
}

/** A case of misuse; rows of lists have no findings, process, timeline and deadline. */
export interface ViolationCase {
  id: string
  number: string
  title: string
  rule: { id: string; name: string; description: string | null; mend: string | null; threshold: number | null; window: string | null }
  subject: { kind: Against; id: string; name: string }
  organisation: OrganisationRef
  severity: Severity
  state: CaseState
  opened: Time
  found: Time
  answered: { time: Time; by: string } | null
  answer: string | null
  answerFalse: boolean
  judged: { time: Time; by: string } | null
  judgement: 'DISMISS' | 'RECTIFY' | 'REVOKE' | null
  judgementReason: string | null
  rectifyDue: Time | null
  rectified: { time: Time; by: string } | null
  rectification: string | null
  proof: string | null
  settled: Time | null
  restriction: { perSecond: number | null; until: Time | null } | null
  rectifyDays: number
  longestExemptionDays: number
  findings: Finding[] | null
  due: Time | null
  remainingWorkingMinutes: number | null
  overdue: boolean
  process: ProcessPicture | null
  timeline: TimelineEntry[] | null
  allowed: Allowed[]
  version: number
}

/** What counts as one kind of misuse. */
export interface Rule {
  id: string
  name: string
  description: string
  plan: string
  sign: string
  outcomes: string[]
  against: Against
  severity: Severity
  threshold: number
  window: string
  act: 'NONE' | 'SLOW' | 'CUT'
  perSecond: number | null
  lasts: string | null
  mend: string
}

export interface Exemption {
  id: string
  violation: string
  rule: string
  subject: string
  subjectName: string
  until: Day
  reason: string
  given: Time
  givenBy: string
}

export interface Rules {
  rules: Rule[]
  exemptions: Exemption[]
  answerDays: number
  rectifyDays: number
  judges: boolean
}
