import type { Allowed, Day, OrganisationRef, ProcessPicture, Time, TimelineEntry } from '@/api'

/** How standardised entries are; share and score are between 0 and 1. */
export interface Rate {
  entries: number
  standardised: number
  share: number
  score: number
}

export interface LedgerRate {
  type: string
  name: string
  own: Rate
  change: number | null
  city: Rate
}

export interface BrokenRule {
  type: string
  ledger: string
  rule: string
  name: string
  mend: string
  failed: number
}

export interface WorstEntry {
  type: string
  ledger: string
  id: string
  code: string
  title: string
  link: string
  findings: number
  score: number
  messages: string[]
}

export interface Figures {
  day: Day
  own: Rate
  change: number | null
  city: Rate
  ledgers: LedgerRate[]
  rules: BrokenRule[]
  worst: WorstEntry[]
  trend: { month: string; own: Rate | null; city: Rate | null }[]
}

export interface Counts {
  letters: number
  leftOut: number
  acknowledged: number
  answered: number
  accepted: number
  overdue: number
}

/** The bulletin of a month; rows of lists have no figures. */
export interface Bulletin {
  month: string
  title: string
  state: 'DRAFT' | 'SENT'
  counts: Counts
  city: Rate
  change: number | null
  word: string
  leftOut: string[]
  made: Time
  madeBy: string | null
  sent: Time | null
  sentBy: string | null
  sha256: string
  figures: Figures | null
  allowed: Allowed[]
  version: number
}

export type LetterState = 'DRAFT' | 'SENT' | 'ACKNOWLEDGED' | 'ANSWERED' | 'RETURNED' | 'ACCEPTED'

export interface LetterAct {
  time: Time
  by: string
}

export interface LetterAnswer {
  answered: LetterAct
  measures: string
  mendedBy: Day | null
  decided: LetterAct | null
  reason: string | null
}

/** A letter to an organisation; rows of lists have no cover, figures, process and timeline. */
export interface Letter {
  id: string
  month: string
  title: string
  organisation: OrganisationRef
  kind: 'CITY' | 'OFFICE' | 'COUNTY' | 'TOWN' | 'ENTERPRISE'
  rate: Rate
  change: number | null
  place: number
  places: number
  leftOut: boolean
  state: LetterState
  sent: Time | null
  due: Time | null
  remainingWorkingMinutes: number | null
  overdue: boolean
  escalated: boolean
  acknowledged: LetterAct | null
  answer: LetterAnswer | null
  sha256: string
  cover: { title: string; greeting: string; body: string[]; word: string; closing: string; office: string } | null
  figures: Figures | null
  process: ProcessPicture | null
  timeline: TimelineEntry[] | null
  allowed: Allowed[]
  version: number
}
