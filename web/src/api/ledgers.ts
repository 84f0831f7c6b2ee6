import type { Change, Finding, HistoryEntry, OrganisationRef, Time } from './types'

/** What the platform answers about ledgers: types, entries and what is done with them. */

export type FieldType =
  | 'text'
  | 'number'
  | 'date'
  | 'boolean'
  | 'code'
  | 'division'
  | 'organisation'
  | 'person'
  | 'reference'
  | 'file'
  | 'geometry'

/** A code and its name. */
export interface Coded {
  code: string
  name: string
}

export interface FieldDefinition {
  id: string
  name: string
  type: FieldType
  required: boolean
  help: string | null
  group: string | null
  /** Most characters of a text. */
  longest?: number | null
  pattern?: string | null
  /** What the pattern asks for, in words. */
  patternHelp?: string | null
  unit?: string | null
  least?: number | null
  most?: number | null
  /** Most digits after the point. */
  decimals?: number | null
  /** It holds a list of values. */
  many?: boolean
  /** Ledger of the entries that a reference names. */
  ledger?: string | null
  /** Endings of files. */
  accept?: string[] | null
  codes?: Coded[] | null
  list?: boolean
  filter?: boolean
  /** The field is there only while another one has one of these values. */
  when?: { field: string; in: string[] } | null
  /** Whether the person may write it; yes unless said. */
  writable?: boolean
}

/** A GeoJSON geometry (RFC 7946) in longitude and latitude. */
export type Position = [number, number]
export type GeometryValue =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }

export type FieldValue = string | number | boolean | null | string[] | GeometryValue

export interface LedgerSummary {
  id: string
  name: string
  description?: string | null
  category?: string | null
  managed?: boolean
  entries: number
  standardised: number
  rate: number | null
  may?: { add: boolean }
}

export interface LedgerState extends Coded {
  /** The entry is over: it does not count for rates. */
  ended?: boolean
}

export interface LedgerTransition {
  action: string
  name: string
  from: string[]
  to: string
  reason?: boolean
  /** It waits until no blocking finding is left. */
  sound?: boolean
}

export interface LedgerRule {
  id: string
  name: string
  description: string | null
  weight: number
  severity: 'BLOCKING' | 'FINDING' | 'ADVICE'
  /** The row of the requirements that it serves. */
  plan: string | null
}

export interface LedgerGroup {
  id: string
  name: string
  help: string | null
}

export interface LedgerType {
  id: string
  name: string
  description?: string | null
  category?: string | null
  version?: number
  /** Its entries are made by another part of the platform and cannot be written here. */
  managed: boolean
  groups?: LedgerGroup[]
  fields: FieldDefinition[]
  /** Fields that a list shows without being asked. */
  columns: string[]
  /** Fields by which a list is filtered. */
  filters?: string[]
  states: LedgerState[]
  transitions?: LedgerTransition[]
  rules?: LedgerRule[] | null
  /** Whether its entries are compared with each other. */
  duplicates?: boolean
  parent?: string | null
  may?: { add: boolean; import: boolean; bulk: boolean; changeType: boolean }
}

export interface LedgerEntry {
  id: string
  code: string
  title: string
  organisation: OrganisationRef | null
  state: string
  stateName?: string | null
  findings: number
  standardised?: boolean
  score?: number | null
  updated: Time
  fields: Record<string, FieldValue>
  /** Fields in words; references, files, people and organisations with where they lead. */
  shown?: Record<string, ShownValue> | null
  link: string | null
}

/** One value that leads somewhere. */
export interface ShownItem {
  id: string
  text: string
  link?: string | null
}

export type ShownValue = string | ShownItem[]

export interface EntryAct {
  action: string
  name: string
  allowed: boolean
  why: string | null
  /** A reason must be given. */
  reason?: boolean
}

export interface LedgerEntryDetail extends LedgerEntry {
  type?: string
  created?: Time
  removed?: Time | null
  fieldDefinitions: FieldDefinition[]
  findingsDetail: Finding[]
  version: number
  typeVersion?: number
  acts?: EntryAct[]
  may?: { change: boolean; remove: boolean; transfer: boolean; comment: boolean }
}

/** How many entries there are with each value of a field. */
export interface Facet {
  field: string
  name: string
  values: { value: string; name: string; count: number }[]
}

export interface EntryCheck {
  errors: { field: string; message: string; mend?: string | null }[]
  findings: Finding[]
}

/** What is kept of a form that was not sent yet. */
export interface DraftContent {
  /** Version of the entry that was being changed. */
  version?: number
  organisation: string | null
  fields: Record<string, FieldValue>
  reason: string
}

export interface EntryDraft {
  content: DraftContent
  time: Time
}

export interface SavedView {
  id: string
  name: string
  /** The query of the list's address. */
  query: string
}

export interface LinkNode {
  id: string
  type: string
  typeName: string
  code: string
  title: string
  state: string
  stateName: string
  link: string | null
}

export interface LinkEdge {
  from: string
  to: string
  field: string
  name: string
}

export interface EntryLinks {
  nodes: LinkNode[]
  edges: LinkEdge[]
}

export interface EntryComment {
  id: string
  time: Time
  author: { username: string; name: string }
  text: string
  may?: { remove: boolean }
}

export interface EntryAttachment {
  id: string
  name: string
  size: number
  time?: Time
  author?: { username: string; name: string } | null
}

export interface StoredFile {
  id: string
  name: string
  size: number
}

export interface EntryTransfer {
  id: string
  type: string
  typeName?: string
  entry: { id: string; code: string; title: string; link?: string | null }
  from: OrganisationRef
  to: OrganisationRef
  reason: string
  asked: Time
  askedBy: string | { username: string; name: string }
}

export interface BulkOrder {
  ids?: string[]
  filter?: string
  fields?: Record<string, FieldValue>
  action?: string
  organisation?: string
  reason: string
  preview: boolean
}

export interface BulkResult {
  matched: number
  changed: number
  unchanged: number
  refused: { id: string; code: string; title: string; message: string }[]
  sample: { id: string; code: string; title: string; changes: Change[] }[]
  batch: string | null
}

export interface EntryOption {
  id: string
  code: string
  title: string
  subtitle?: string | null
}

/* Types of ledgers */

export interface TypeVersion {
  version: number
  yaml?: string | null
  created?: Time | null
  activated: Time | null
  author: string | { username: string; name: string } | null
  reason: string | null
  state: 'PROPOSED' | 'ACTIVE' | 'RETIRED'
  origin?: 'FILE' | 'WEB'
  consequences?: TypeConsequences | null
}

export interface TypeError {
  line: number
  column: number
  message: string
}

/** Something of the type that goes although entries have it. */
export interface Lost {
  id: string
  name?: string | null
  entries: number
}

export interface TypeConsequences {
  entries: number
  looked: number
  lostFields: Lost[] | Record<string, number>
  lostStates: Lost[] | Record<string, number>
  invalid: number
  examples: { id: string; code: string; title: string; message: string }[]
  standardisedBefore: number
  standardisedAfter: number
}

export interface TypeTrial {
  errors: TypeError[]
  consequences: TypeConsequences | null
}

/* Rates */

export interface RateRow {
  code: string
  name: string
  entries: number
  standardised: number
  rate: number | null
  score: number | null
}

export interface LedgerRates {
  types: (Omit<RateRow, 'code'> & { id: string })[]
  organisations: RateRow[]
  rules: { rule: string; name: string; type?: string; typeName?: string; failed: number; entries: number }[]
  trend: { day: string; rate: number | null; score: number | null }[]
}

export type EntryHistory = HistoryEntry & { batch?: string | null }
