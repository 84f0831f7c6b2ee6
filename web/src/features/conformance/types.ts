import type { OrganisationRef } from '@/api'

export type Outcome = 'PASSED' | 'FAILED' | 'WAIVED' | 'UNDECIDED'

export interface Waiver {
  item: string
  reason: string
  until: string
  byName: string
  given: string
  withdrawn: string | null
  withdrawnBy: string | null
  withdrawnReason: string | null
}

export interface Item {
  id: string
  name: string
  description: string
  mandatory: boolean
  outcome: Outcome
  message: string | null
  mend: string | null
  field: string | null
  plan: string | null
  waiver: Waiver | null
}

export interface Checklist {
  application: string
  conforms: boolean
  passed: number
  failed: number
  waived: number
  components: number
  used: number
  items: Item[]
  waivers: Waiver[]
  mayWaive: boolean
}

export interface Row {
  id: string
  code: string
  title: string
  organisation: OrganisationRef
  state: string
  stateName: string
  passed: number
  failed: number
  waived: number
  hindering: { id: string; name: string }[]
  components: number
  used: number
  conforms: boolean
  computed: string
  link: string
}

export interface Summary {
  applications: number
  conforming: number
  rate: number | null
  components: number
  used: number
  items: { id: string; name: string }[]
}
