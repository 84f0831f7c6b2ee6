import type { Grade, OrganisationRef, Time } from '@/api'

export type InvestigationType = 'SUBJECT' | 'LEAK'
export type InvestigationState = 'AWAITING_FILE' | 'AWAITING_CONSENT' | 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'REFUSED' | 'CANCELLED'
export type Verdict = 'STRONG' | 'CONSISTENT' | 'NONE'

interface Named {
  id: string
  name: string
}

/** A recipient of rows that the leaked file holds. */
export interface Recipient extends Named {
  organisation: OrganisationRef
}

/** What is found about recipients that cannot be told apart; usually one. */
/** A delivered file whose marks the leaked file bears. */
export interface Marked {
  export: string
  /** How many of its invented subjects are in the leaked file. */
  canaries: number
  /** Pairs of rows whose order its draw decided, and how many stand so. */
  pairs: number
  inOrder: number
  /** Texts whose width its draw decided, and how many have it. */
  texts: number
  asSpelled: number
  chance: number
}

export interface Finding {
  recipients: Recipient[]
  /** How many of the examined rows they received. */
  rows: number
  /** How many subjects they received in all. */
  received: number
  /** Share of the file that comes from there by the best fit, 0 to 1. */
  weight: number
  gain: number
  /** Bound for the probability that any innocent recipient has so many. */
  chance: number
  verdict: Verdict
  deliveries: number
  marks: Marked[]
}

/** What a leaked file says of its source. */
export interface LeakResult {
  rows: number
  faulty: number
  examined: number
  keyColumn: string
  kind: string
  direct: number
  linked: number
  population: number
  findings: Finding[]
}

export interface Investigation {
  id: string
  number: number
  type: InvestigationType
  state: InvestigationState
  /** The dataset it is limited to. */
  dataset: Named | null
  grade: Grade
  reason: string
  basis: string
  kind: string
  /** The subject, masked. */
  subject: string
  file: { name: string; bytes: number; sha256: string } | null
  opened: Time
  openedBy: Named
  organisation: OrganisationRef
  consent: { time: Time; username: string; name: string; reason: string } | null
  progress: number
  finished: Time | null
  error: string
  mayConsent: boolean
  result: LeakResult | null
}

/** A delivery that an investigation found. */
export interface Delivery {
  record: string
  origin: string
  index: number
  request: string
  export: string
  time: Time
  application: Named
  organisation: OrganisationRef
  interface: Named
  dataset: Named
  grant: string
  purpose: string
  matter: string
  fields: string[]
  /** How many rows of what was asked about it holds. */
  rows: number
  /** How many rows it holds in all. */
  subjects: number
}

export interface SubjectKey {
  id: string
  made: Time
}
