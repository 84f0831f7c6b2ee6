import type { Allowed, OrganisationRef } from '@/api'

export interface Titled {
  id: string
  title: string
  link: string
}

export interface Reason {
  code: string
  text: string
}

export interface KeyPerson {
  entry: string
  code: string
  title: string
  organisation: OrganisationRef
  state: string
  stateName: string
  vendor: Titled | null
  applications: number
  username: string | null
  clearanceUntil: string | null
  contractUntil: string | null
  trainedUntil: string | null
  over: boolean
  good: boolean
  lost: boolean
  reasons: Reason[]
  link: string
}

export type ReachedKind = 'ACCOUNT' | 'APPLICATION' | 'CALLER' | 'KEY' | 'MANAGED' | 'GRANT' | 'PERSON'

export interface Reached {
  kind: ReachedKind
  id: string
  title: string
  detail: string
  link: string
  active: boolean
  lost: boolean
}

export interface Loss {
  id: string
  reasons: Reason[]
  time: string
  byName: string
  byClock: boolean
  restored: string | null
  restoredByName: string | null
  restoredReason: string | null
}

export interface Reach {
  person: KeyPerson
  account: { id: string; username: string; active: boolean; organisation: OrganisationRef; lastSignIn: string | null; sessions: number } | null
  reached: Reached[]
  losses: Loss[]
  trainings: { training: Titled; day: string | null; attended: boolean; score: number | null; passed: boolean; validUntil: string | null }[]
  acts: Allowed[]
}

export interface VendorReach {
  vendor: Titled
  state: string
  stateName: string
  lost: boolean
  reached: Reached[]
  losses: Loss[]
}

/** What a change would take away; nothing ends without a reason. */
export interface Ahead {
  reasons: Reason[]
  reached: Reached[]
  sessions: number
}

export interface Coverage {
  people: number
  managed: number
  rate: number | null
  departments: { organisation: OrganisationRef; people: number; managed: number }[]
}

export interface Holder {
  username: string
  name: string
  organisation: OrganisationRef
  because: ('VENDOR' | 'ROLE' | 'CONTACT')[]
  managed: boolean
  lacks: string
  mend: string
  link: string
}

export interface Training {
  id: string
  code: string
  title: string
  organisation: OrganisationRef
  stateName: string
  day: string | null
  passMark: number | null
  counts: boolean
  recorded: number
  attended: number
  passed: number
  link: string
}

export interface Attendance {
  person: string
  code: string
  name: string
  organisation: OrganisationRef
  attended: boolean
  score: number | null
  passed: boolean
  validUntil: string | null
}

export interface Row {
  person: string
  attended: boolean
  score: number | null
}

export interface Looked {
  given: string
  outcome: 'ADDED' | 'CHANGED' | 'SAME' | 'WRONG'
  attendance: Attendance | null
  error: string | null
}

/** What may be done with an entry of a ledger now. */
export interface EntryAct {
  action: string
  name: string
  allowed: boolean
  why: string | null
  reason: boolean
}

export interface EntryWithActs {
  id: string
  title: string
  state: string
  stateName: string
  acts: EntryAct[]
}
