import type { Time } from '@/api'

export interface Uplink {
  address: string
  id: string
  name: string
  print: string
  connected: Time
  connectedBy: string
  lastNumber: number
  acknowledged: number
  lastOrder: number
  reached: Time | null
  failures: number
  error: string | null
  lag: { waiting: number; oldest: Time | null }
  waiting: Record<string, number>
}

export interface UplinkState {
  ownPrint: string
  uplink: Uplink | null
}

export interface Order {
  number: number
  act: 'SUSPEND' | 'LIFT' | 'OFFER' | 'WITHDRAW'
  interfaceId: string
  reason: string
  legalBasis: string
  until: Time | null
  given: Time
  result: 'APPLIED' | 'REFUSED' | null
  refusal: string | null
}

export interface Offer {
  id: string
  name: string
  organisation: string
  fields: { name: string; label: string; grade: string }[]
  until: Time
  withdrawn: Time | null
  takenAs: string | null
}

export interface Subordinate {
  id: string
  name: string
  division: string
  state: 'INVITED' | 'ENROLLED' | 'REVOKED'
  created: Time
  createdBy: string
  codeExpires: Time
  print: string | null
  software: string | null
  enrolled: Time | null
  seen: Time | null
  received: number
  lastOrder: number
  application: string | null
}

export interface Invited {
  subordinate: Subordinate
  code: string
  print: string
}

export interface Reported {
  id: string
  title: string
  organisation: string
  state: string
  time: Time
}

export interface Day {
  day: string
  calls: number
  answered: number
  rows: number
}

export interface Hold {
  authority: string
  reference: string
  reason: string
  legalBasis: string
  since: Time
  until: Time | null
}
