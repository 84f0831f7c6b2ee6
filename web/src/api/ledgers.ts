import type { Change, Finding, OrganisationRef, Time } from './types'

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
  /** Lists can be sorted by it. */
  sorted?: boolean
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
  may?: { add: boolean; bulk: boolean; changeType: boolean }
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
  /** A check of the platform that must be passed. */
  gate?: string | null
}

export interface LedgerRule {
  id: string
  name: string
  description: string | null
  weight: number
  severity: 'BLOCKING' | 'FINDING' | 'ADVICE'
  /** The row of the requirements that it serves. */
  plan: string | null
  /** What must hold, as the type file says it. */
  expression?: string | null
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
  /** Pattern of the codes; `{given}` where they come from outside. */
  identifier?: string
  /** Its entries are made by another part of the platform and cannot be written here. */
  managed: boolean
  groups?: LedgerGroup[]
  fields: FieldDefinition[]
  /** Fields that a list shows without being asked. */
  columns: string[]
  /** Fields by which a list is filtered. */
  filters?: string[]
  states: LedgerState[]
  initial?: string
  transitions?: LedgerTransition[]
  rules?: LedgerRule[] | null
  /** Whether its entries are compared with each other. */
  duplicates?: boolean
  parent?: string | null
  may?: { add: boolean; bulk: boolean; changeType: boolean }
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
  /** References, files, people and organisations by name, with where they lead. */
  shown?: Record<string, ShownItem[]> | null
  link: string | null
}

/** One value that leads somewhere. */
export interface ShownItem {
  id: string
  text: string
  link?: string | null
}

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
  /** The transfer to another organisation that waits, if there is one. */
  transfer?: { id: string; taker: OrganisationRef; reason: string; asked: Time; by: string } | null
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
  /** Its name seen from the other end. */
  back?: string | null
}

export interface EntryLinks {
  nodes: LinkNode[]
  edges: LinkEdge[]
  /** There is more than is shown. */
  cut?: boolean
}

export interface EntryComment {
  id: string
  time: Time
  author: { username: string; name: string }
  text: string
  removable?: boolean
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
  typeName: string
  entry: string
  code: string
  title: string
  link: string
  giver: OrganisationRef
  taker: OrganisationRef
  reason: string
  asked: Time
  askedBy: string
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
  /** How many refused; some of them stand in `refused`. */
  refusedCount: number
  refused: { id: string; code: string; title: string; message: string }[]
  sample: { id: string; code: string; title: string; changes: Change[] }[]
  batch: string
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
  origin: 'FILE' | 'WEB'
  state: 'PROPOSED' | 'ACTIVE' | 'RETIRED'
  author: string
  reason: string | null
  created: Time
  activated: Time | null
  /** All entries have been inspected by its rules. */
  inspected: boolean
  sha256: string
}

/** A version with its text. */
export interface TypeText {
  version: TypeVersion
  yaml: string
}

export interface TypeMistake {
  line: number
  column: number
  message: string
}

export interface TypeConsequences {
  entries: number
  looked: number
  harmless: boolean
  /** Fields and states that go although entries have them, and how many. */
  lostFields: Record<string, number>
  lostStates: Record<string, number>
  invalid: number
  examples: { id: string; code: string; title: string; message: string }[]
  standardisedBefore: number
  standardisedAfter: number
}

export interface TypeTrial {
  errors: TypeMistake[]
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

export interface RuleRate {
  type: string
  typeName: string
  rule: string
  name: string
  failed: number
  entries: number
}

export interface LedgerRates {
  whole: RateRow
  types: RateRow[]
  organisations: RateRow[]
  rules: RuleRate[]
  trend: { day: string; rate: number | null; score: number | null; entries: number }[]
}
