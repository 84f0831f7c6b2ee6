import type { Day, OrganisationRef, Time } from '@/api'

export type DeviceState = 'ONLINE' | 'OFFLINE' | 'UNSEEN'

export const STATES: readonly DeviceState[] = ['ONLINE', 'OFFLINE', 'UNSEEN']

/** A sensing device and how it fares. */
export interface Device {
  id: string
  code: string
  title: string
  organisation: OrganisationRef
  kind: OrganisationRef
  division: OrganisationRef
  state: DeviceState
  stateName: string
  since: Time
  lastSeen: Time | null
  lon: number | null
  lat: number | null
  battery: number | null
  signal: number | null
  status: 'OK' | 'FAULT' | 'MAINTENANCE' | null
}

export interface DeviceDetail {
  device: Device
  offlineAfterSeconds: number
  rateDays: number
  rate: number | null
}

export interface DeviceKind {
  code: string
  name: string
  offlineAfterSeconds: number
}

export interface Outage {
  since: Time
  until: Time | null
}

/** Devices that stand close together. */
export interface Cluster {
  lon: number
  lat: number
  devices: number
  online: number
  offline: number
  unseen: number
}

export interface MapPart {
  clusters: Cluster[]
  devices: Device[]
  total: number
  unplaced: number
}

export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** A division's outline; its rings are closed lines of longitude and latitude. */
export interface Outline {
  code: string
  name: string
  rings: [number, number][][]
}

export interface Borders {
  origin: 'FILE' | 'DEVICES'
  box: Box | null
  divisions: Outline[]
}

export interface Rate {
  key: string
  name: string
  devices: number
  rate: number | null
}

export interface Rates {
  states: Partial<Record<DeviceState, number>>
  whole: Rate
  days: Rate[]
  kinds: Rate[]
  organisations: Rate[]
  divisions: Rate[]
}

export interface Tally {
  day: Day
  outcome: string
  name: string
  rows: number
}

export interface Reporter {
  id: string
  name: string
  organisation: OrganisationRef
  tokenStart: string
  created: Time
  createdBy: string
  lastUsed: Time | null
  revoked: Time | null
  accepted: number
  refused: number
}

export interface Broker {
  url: string | null
  topic: string
  connected: Time | null
  tallies: Tally[]
}
