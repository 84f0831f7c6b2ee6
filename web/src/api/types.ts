/** What the platform's REST interface answers. Times are RFC 3339 in UTC; names come in the asked language. */
import type { FieldDefinition, FieldValue } from './ledgers'

export type Time = string
export type Day = string
export type Grade = 'L1' | 'L2' | 'L3' | 'L4'
export type Sharing = 'UNCONDITIONAL' | 'CONDITIONAL' | 'NONE'
export type Opening = 'UNCONDITIONAL' | 'CONDITIONAL' | 'FORBIDDEN'
export type UpdatePeriod =
  | 'IRREGULAR'
  | 'REAL_TIME'
  | 'DAILY'
  | 'WEEKLY'
  | 'MONTHLY'
  | 'QUARTERLY'
  | 'HALF_YEARLY'
  | 'YEARLY'
export type ColumnType = 'TEXT' | 'INTEGER' | 'DECIMAL' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP'
export type Mask = 'NAME' | 'IDENTIFIER' | 'PHONE' | 'ADDRESS' | 'ACCOUNT' | 'YEAR' | 'HIDE'

/** One page of a list. `next` is the cursor of the following page, null on the last one. */
export interface Page<Item> {
  items: Item[]
  total: number
  next: string | null
}

export interface Items<Item> {
  items: Item[]
}

/** A thing named by id. */
export interface Ref {
  id: string
  name: string
}

/** A thing titled by id. */
export interface TitledRef {
  id: string
  title: string
}

/** An organisation, named by its code. */
export interface OrganisationRef {
  code: string
  name: string
}

/** Whether the signed-in person may do an act now, and if not, why. */
export interface Allowed {
  action: string
  permitted: boolean
  reason?: string | null
}

export interface FieldError {
  field: string
  message: string
  mend?: string | null
}

/* Session, people, city */

export interface Session {
  person: SignedInPerson
  city: City
  demo: boolean
  oidc: Ref[]
  gateway: { address: string }
}

export interface SignedInPerson {
  id: string
  username: string
  name: string
  organisation: OrganisationRef
  roles: Ref[]
  permissions: string[]
}

export interface City {
  id: string
  name: string
  nameEn: string
  /** What the city calls its platform. */
  platform?: string
}

/** What the sign-in page needs to know; the body of the 401 that answers a visitor. */
export interface Entrance {
  city?: City
  demo?: boolean
  oidc?: Ref[]
  demoAccounts?: DemoAccount[]
}

export interface DemoAccount {
  username: string
  password: string
  name: string
  role: string
  organisation: string
}

export interface Organisation {
  code: string
  name: string
  nameEn: string
  parent: string | null
  kind: string
}

export interface Person {
  id: string
  username: string
  name: string
  organisation: OrganisationRef
  roles: Ref[]
  active: boolean
  locked: boolean
  lastSignIn: Time | null
  allowed?: Allowed[]
  version: number
}

export interface Role {
  id: string
  name: string
  description: string
  /** Permissions within the person's organisation and those below it. */
  own: string[]
  /** Permissions in the whole city. */
  all: string[]
}

export interface Rule {
  id: string
  kind: string
  name: string
  description: string
  expression: string
  file: string
  weight?: number | null
}

/* Uploads and datasets */

export type UploadState = 'RECEIVING' | 'PROBED' | 'LOADING' | 'LOADED' | 'FAILED' | 'CANCELLED'

export interface Problem {
  code: string
  message: string
  mend?: string | null
}

export interface ProbedColumn {
  index: number
  sourceName: string
  name: string
  label: string
  type: ColumnType
  samples: string[]
  problems: Problem[]
}

export interface Probe {
  format: 'CSV' | 'TSV' | 'XLSX' | 'JSON_LINES' | 'PARQUET'
  encoding: string | null
  encodingReason: string | null
  separator: string | null
  quote: string | null
  header: boolean
  sheet: string | null
  sheets: string[]
  columns: ProbedColumn[]
  preview: (string | null)[][]
  problems: Problem[]
}

export interface Progress {
  phase: string
  rows: number
  rejected?: number
  bytes: number
  totalBytes: number
  percent: number
}

export interface Upload {
  id: string
  fileName: string
  bytes: number
  state: UploadState
  created: Time
  probe: Probe | null
  progress: Progress | null
  result: { dataset: string; rows: number; rejected: number } | null
  error: Problem | null
}

export interface LoadOrder {
  dataset?: string | null
  title?: string
  organisation?: string
  mode: 'REPLACE' | 'APPEND'
  columns: { index: number; name: string; label: string; type: ColumnType }[]
}

export type DatasetState = 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN'

export interface DatasetItem {
  id: string
  code: string
  title: string
  summary: string | null
  organisation: OrganisationRef
  state: DatasetState
  grade: Grade | null
  sharing: Sharing | null
  opening: Opening | null
  updatePeriod: UpdatePeriod | null
  rows: number
  rejected: number
  columns: number
  findings: number
  interfaces: number
  standardised: boolean
  updated: Time
  /** Snippets in which the words that matched stand between `<mark>` and `</mark>`. */
  matched?: string[]
}

export interface HistogramBin {
  from: number | string
  to: number | string
  count: number
}

export interface ColumnProfile {
  count: number
  nulls: number
  distinct: number
  /** Whether the number of distinct values was counted, not estimated. */
  distinctExact?: boolean
  min: string | null
  max: string | null
  checkFailures: number
  patterns: { pattern: string; count: number }[]
  top: { value: string; count: number }[]
  histogram: HistogramBin[]
}

export interface DatasetColumn {
  name: string
  label: string
  type: ColumnType
  position: number
  description: string | null
  kind: Ref | null
  kindShare: number | null
  profile: ColumnProfile | null
  suggestion: { element: Ref | null; grade: Grade | null; reason: string | null } | null
  element: Ref | null
  grade: Grade | null
  confirmed: boolean
  confirmedBy: string | null
  confirmedAt: Time | null
}

export interface Finding {
  rule: string
  name: string
  message: string
  mend: string | null
  weight: number
  severity?: 'BLOCKING' | 'FINDING' | 'ADVICE'
  field: string | null
  column?: string | null
}

export interface Load {
  id: string
  time: Time
  by: string
  fileName: string
  rows: number
  rejected: number
  snapshot: string
}

export interface Dataset extends Omit<DatasetItem, 'matched'> {
  fields: Record<string, FieldValue>
  fieldDefinitions: FieldDefinition[]
  columnsDetail: DatasetColumn[]
  loads: Load[]
  findingsDetail: Finding[]
  allowed: Allowed[]
  version: number
}

export interface TableColumn {
  name: string
  label: string
  type: ColumnType
  grade: Grade | null
  masked: boolean
}

export interface TableRows {
  columns: TableColumn[]
  items: (string | number | boolean | null)[][]
  next: string | null
  total: number
}

export interface Change {
  field: string
  name: string
  before: unknown
  after: unknown
}

export interface HistoryEntry {
  version: number
  time: Time
  actor: { username: string; name: string }
  action: string
  reason: string | null
  changes: Change[]
}

export interface Disclosure {
  grant: string
  application: Ref
  organisation: OrganisationRef
  purpose: string
  fields: string[]
  calls: number
  rows: number
  refused: number
  first: Time | null
  last: Time | null
}

export interface DataElement {
  id: string
  name: string
  nameEn: string
  definition: string
  dataType: string
  format: string
  grade: Grade
}

/* Search */

export interface SearchHit {
  id: string
  title: string
  subtitle: string | null
  link: string
  highlight?: string | null
}

export interface SearchGroup {
  kind: string
  name: string
  items: SearchHit[]
}

export interface SearchResult {
  groups: SearchGroup[]
}

/** How the index of a kind stands: what its last comparison with the database found and mended. */
export interface SearchKindState {
  kind: string
  name: string
  indexed: number
  source: number
  bytes: number
  committed: string | null
  building: { done: number; of: number } | null
  checked: string | null
  drift: { compared: number; missing: number; outdated: number; surplus: number; millis: number } | null
}

export interface SearchState {
  busy: boolean
  kinds: SearchKindState[]
}

/* Sharing */

export type InterfaceState = 'MATERIALISING' | 'LIVE' | 'WITHDRAWN' | 'FAILED'

export interface InterfaceField {
  name: string
  label: string
  type: ColumnType
  grade: Grade | null
  kind?: string | null
  description: string | null
}

/** How a department's service fares at one gateway. */
export interface ServiceHealth {
  gateway: string
  heard: Time
  breaker: 'CLOSED' | 'OPEN' | 'HALF_OPEN'
  since: Time
  probe: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY'
  probed: Time | null
  calls: number
  failures: number
  lastFailure: string | null
  lastFailureDetail: string | null
  lastFailed: Time | null
}

/** A department's own service behind an interface; where it is only its own organisation sees. */
export interface DataService {
  address: string
  method: 'GET' | 'POST'
  path: string
  parameters: {
    name: string
    place: 'PATH' | 'QUERY' | 'HEADER' | 'BODY'
    required: boolean
    type: ColumnType
    pattern: string | null
    allowed: string[]
    least: number | null
    most: number | null
    shortest: number | null
    longest: number | null
    description: string
  }[]
  times: { connect: number; firstByte: number; whole: number }
  tries: number
  connections: number
  probe: { path: string; everySeconds: number } | null
  breaker: { failures: number; openSeconds: number }
  mostBytes: number
  format: 'JSON' | 'NDJSON' | 'CSV'
  records: string
  around: string[]
  credential: string | null
  sharing: string | null
  health: ServiceHealth[]
}

export interface DataInterface {
  id: string
  name: string
  dataset: TitledRef
  organisation: OrganisationRef
  state: InterfaceState
  keys: string[]
  /** Keys of which callers may ask for a range. */
  ranges?: string[]
  /** Null where no files may be made. */
  exports?: ExportRule | null
  fields: InterfaceField[]
  rows: number
  pageLimit: number
  address: string
  published: Time
  publishedBy: string
  grants: number
  error: string | null
  allowed: Allowed[]
  version: number
  service?: DataService | null
}

/** Null where the key's style has none. */
export interface Samples {
  curl: string
  java: string | null
  python: string | null
  tiaoxi: string | null
  /** Orders a file and fetches it; null where none may be made. */
  files?: string | null
}

/** What of an interface may be made into files. */
export interface ExportRule {
  mostRows: number
  keptHours: number
  /** Whether all rows may be asked for, without a key. */
  whole: boolean
  /** What tells one recipient's file from another's. */
  marks?: DeliveryMark[]
}

export type DeliveryMark = 'CANARIES' | 'ORDER' | 'SPELLING'

/** A file that a caller ordered from a gateway. */
export interface MadeFile {
  id: string
  gateway: string
  format: 'CSV' | 'NDJSON'
  state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED' | 'EXPIRED' | 'DELETED'
  /** Why it failed. */
  code: string | null
  fields: string[]
  rows: number
  bytes: number
  sha256: string | null
  ordered: Time
  made: Time | null
  expires: Time | null
  downloads: number
  downloaded: Time | null
}

export interface Trial {
  request: { method: string; url: string; headers: Record<string, string> }
  response: { status: number; headers: Record<string, string>; body: string }
  milliseconds: number
}

export type KeyAlgorithm = 'hmac-sha256' | 'ed25519' | 'hmac-sm3' | 'sm2-sm3' | 'province-hmac' | 'province-token' | 'mutual-tls'

export interface ApplicationKey {
  id: string
  algorithm: KeyAlgorithm
  created: Time
  notBefore: Time | null
  notAfter: Time | null
  lastUsed: Time | null
  /** User name of who made it. */
  madeBy: string | null
  /** Suspended while who made it has lost access. */
  state: 'ACTIVE' | 'SWITCHED_OFF' | 'SUSPENDED' | 'EXPIRED' | 'REVOKED'
  /** Addresses and ranges that calls may come from, none for anywhere. */
  addresses: string[]
  /** Its signature is too weak to be recommended. */
  weak: boolean
  /** What the caller shows in mutual TLS. */
  certificate: { subject: string; issuer: string; notBefore: Time; notAfter: Time; thumbprint: string; pem: string } | null
}

export interface Application {
  id: string
  name: string
  description: string | null
  organisation: OrganisationRef
  active: boolean
  trial: boolean
  keys: ApplicationKey[]
  grants: number
  created: Time
  /** Its entry in the ledger of applications. */
  entry: { id: string; title: string; link: string } | null
  /** The key person who answers for its keys. */
  responsible: { id: string; title: string; link: string } | null
  /** Why it may not call for the time being. */
  suspension: { reason: string; since: Time } | null
  allowed: Allowed[]
  version: number
}

/** A new key; its secret part is answered this once. */
export interface NewKey {
  key: ApplicationKey
  secret?: string | null
  privateKey?: string | null
}

export type RequestState = 'IN_REVIEW' | 'APPROVED' | 'REFUSED' | 'RETURNED' | 'WITHDRAWN'

export interface RequestBody {
  interface: string
  application: string
  fields: string[]
  purpose: string
  legalBasis: string
  matter?: string | null
  validUntil: Day
  perSecond: number
  perDay: number
  /** Null for any number. */
  inAll?: number | null
  /** Whether answers are to be made into files too. */
  exports?: boolean
}

export interface FiredRule {
  id: string
  name: string
  fired: boolean
  outcome: 'APPROVE' | 'REVIEW' | 'REFUSE' | null
  reason: string | null
}

export interface Assessment {
  outcome: 'APPROVE' | 'REVIEW' | 'REFUSE'
  rules: FiredRule[]
  masks: Record<string, Mask>
  deadlineWorkingDays: number | null
}

export interface ProcessNode {
  id: string
  type: string
  name: string
  x: number
  y: number
  width: number
  height: number
  state: 'PAST' | 'CURRENT' | 'AHEAD'
}

export interface ProcessEdge {
  id: string
  from: string
  to: string
  points: [number, number][]
  name: string | null
  taken: boolean
}

export interface ProcessPicture {
  nodes: ProcessNode[]
  edges: ProcessEdge[]
}

export interface TimelineEntry {
  time: Time
  actor: string | { name: string } | null
  action: string
  text: string | null
}

export interface AccessRequest {
  id: string
  number: string
  state: RequestState
  dataset: TitledRef
  interface: Ref
  application: Ref
  applicant: Ref
  organisation: OrganisationRef
  owner: OrganisationRef
  fields: { name: string; label: string; grade: Grade | null; mask: Mask | null }[]
  purpose: string
  legalBasis: string
  matter: string | null
  validUntil: Day
  perSecond: number
  perDay: number
  inAll?: number | null
  exports?: boolean
  created: Time
  due: Time | null
  remainingWorkingMinutes: number | null
  overdue: boolean
  escalated: boolean
  assessment: Assessment
  decision: {
    outcome: 'APPROVE' | 'REFUSE' | 'RETURN'
    by: { name: string } | null
    automatic: boolean
    time: Time
    reason: string | null
  } | null
  grant: string | null
  process: ProcessPicture | null
  similar: {
    id: string
    number: string
    organisation: OrganisationRef | string
    outcome: 'APPROVE' | 'REFUSE' | 'RETURN'
    purpose: string
    time: Time
  }[] | null
  /** Absent in lists, as are the similar cases and the process. */
  timeline: TimelineEntry[] | null
  allowed: Allowed[]
  version: number
}

export interface Decision {
  outcome: 'APPROVE' | 'REFUSE' | 'RETURN'
  reason: string
  masks?: Record<string, Mask>
  fields?: string[]
  validUntil?: Day
  perSecond?: number
  perDay?: number
  inAll?: number
  exports?: boolean
}

export interface Grant {
  id: string
  /** Null for a trial grant. */
  request: TitledRef | Ref | string | null
  application: Ref
  organisation: OrganisationRef
  interface: Ref
  dataset: TitledRef
  fields: string[]
  masks: Record<string, Mask>
  purpose: string
  perSecond: number
  perDay: number
  inAll?: number | null
  exports?: boolean
  used?: CallUse
  validFrom: Time
  validUntil: Time
  owner?: OrganisationRef
  trial?: boolean
  state: 'ACTIVE' | 'EXPIRED' | 'REVOKED'
  revoked: { by: string | { name: string }; time: Time; reason: string } | null
  /** When each gateway put a revocation into force. */
  enforced: { gateway: string; time: Time; milliseconds: number }[]
  calls: number
  lastCall: Time | null
  allowed: Allowed[]
  version: number
}

/** Calls that gateways have set aside; null where nothing was counted. */
export interface CallUse {
  today: number | null
  thisMonth: number | null
  inAll: number | null
}

export type QuotaKind = 'APPLICATION' | 'INTERFACE' | 'ORGANISATION'

/** A limit over all grants together; without numbers where none is set. */
export interface Quota {
  kind: QuotaKind
  subject: Ref
  organisation: OrganisationRef | null
  perSecond: number | null
  perDay: number | null
  perMonth: number | null
  used: CallUse
  reason: string | null
  changed: Time | null
  changedBy: string | null
  allowed: Allowed[]
  version: number
}

/* Gateway and trace */

export interface Gateway {
  id: string
  address: string
  policyVersion: number
  currentVersion: number
  policyApplied: Time | null
  /** Name of the log it writes. */
  traceOrigin: string
  traceSize: number
  ingested: number
  started: Time | null
  lastSeen: Time | null
  state: 'UP' | 'LATE' | 'DOWN'
  /** The policy that it was given and did not take; version 0 if that is not known. */
  refused: { version: number; reason: string; time: Time } | null
}

/** How long revocations took from their commit to being in force at each gateway, in milliseconds. */
export interface Revocations {
  days: number
  count: number
  p50: number | null
  p99: number | null
  newest: { grant: string; gateway: string; committed: Time; applied: Time; milliseconds: number }[]
}

/** A call through a gateway. A part that is not known, for example of a caller that was not recognised, has an empty id. */
export interface Call {
  id: string
  /** What the caller names as the request, if it does. */
  request: string
  time: Time
  application: Ref
  organisation: OrganisationRef
  interface: Ref
  dataset: Ref
  grant: string
  purpose: string
  matter: string
  fields: string[]
  rows: number
  bytes: number
  outcome: string
  status: number
  milliseconds: number
  address: string
  key: string
}

/** One call with how it came to its end. */
export interface CallStory extends Call {
  /** Version of the policy that decided, 0 when unknown. */
  policy: number
  /** How the caller proved itself. */
  style: string
  /** How far it came, in order; milliseconds from its beginning. */
  stages: { name: string; milliseconds: number }[]
  /** Whether the platform has read and checked its record; else the gateway told it. */
  ingested: boolean
  /** COMPLETE; UNDER_WAY, BROKEN or CALLER_GONE for answers that were streamed. */
  ended: 'COMPLETE' | 'UNDER_WAY' | 'BROKEN' | 'CALLER_GONE'
}

/** A point of the live curves: what went through all gateways in one step. */
export interface LivePoint {
  /** Beginning of the step, in seconds since 1970. */
  time: number
  calls: number
  refused: number
  bytes: number
  p50: number | null
  p99: number | null
}

/** The part of an application or an interface in the calls. */
export interface LiveShare {
  id: string
  name: string
  organisation: OrganisationRef
  calls: number
  refused: number
}

/** Calls of one organisation's applications on another's data. */
export interface LiveFlow {
  from: OrganisationRef
  to: OrganisationRef
  calls: number
  refused: number
}

/** How a gateway is, and what it told last; nothing if it has been silent. */
export interface LiveGateway {
  id: string
  state: 'UP' | 'LATE' | 'DOWN'
  policyVersion: number
  lastSeen: Time
  now: { connections: number; underWay: number; traceWaiting: number; heapBytes: number; openFiles: number; quotaStore: boolean; dropped: number } | null
}

/** What goes through the gateways, once a second. */
export interface Live {
  /** Seconds since 1970. */
  now: number
  minutes: number
  /** Seconds from one point to the next. */
  step: number
  /** Those that are new or have changed. */
  points: LivePoint[]
  sum: {
    calls: number
    refused: number
    rows: number
    bytes: number
    p50: number | null
    p99: number | null
    refusals: Record<string, number>
    callers: LiveShare[]
    interfaces: LiveShare[]
    flows: LiveFlow[]
  }
  gateways: LiveGateway[]
}

export interface TraceLog {
  origin: string
  owner: string
  key: string
  size: number
  rootHash: string
  checked: Time | null
  /** What does not fit, when the last check failed. */
  problem: string | null
  /** Who has signed the last checkpoint besides the writer, and when. */
  cosigned?: { name: string; time: Time }[]
  /** Who is asked to cosign it, and why one did not the last time. */
  witnesses?: { owner: string; name: string; signed: Time | null; problem: string | null }[]
  /** What was wrong with it so far: forks, rollbacks, standstill. */
  incidents?: LogIncident[]
}

/** Something that a log did wrong; it stays marked until somebody has looked into it. */
export interface LogIncident {
  id: string
  time: Time
  kind: string
  detail: string
  acknowledged: Time | null
  acknowledgedBy: string | null
  reason: string | null
}

/** What people wrote freely in a change: beside the log, which holds its salted hash. */
export interface TracePayload {
  content: string | null
  salt: string | null
  fits: boolean
  erased: Time | null
  erasedBy: string
  erasedReason: string
}

/** A part of what happened with one thing, newest first. */
export interface TraceTimeline {
  kind: 'PERSON' | 'APPLICATION' | 'DATASET' | 'GRANT'
  id: string
  /** What it is called now; empty where it has no name. */
  name: string
  items: TraceEntry[]
  next: string | null
}

/** One record of the tamper-evident trace and its place in the log. */
export interface TraceEntry {
  id: string
  time: Time
  kind: string
  actor: string | null
  /** What the actor is called now; the rest is what the log keeps. */
  actorName: string | null
  organisation: OrganisationRef | null
  action: string | null
  object: string | null
  /** What the object is called now; empty where it has no name. */
  objectName: string | null
  outcome: string | null
  detail: Record<string, string>
  origin: string
  /** Place in the log; null until it has been read from there. */
  index: number | null
}

export interface TraceProof extends TraceEntry {
  /** The bytes that the log keeps, as text. */
  leaf: string | null
  leafHash: string | null
  proof: string[]
  checkpoint: string | null
  verified: boolean
}

/* Work and numbers */

export interface Task {
  id: string
  kind: string
  title: string
  link: string
  organisation: OrganisationRef | null
  created: Time
  due: Time | null
  remainingWorkingMinutes: number | null
  overdue: boolean
}

export interface Message {
  id: string
  time: Time
  title: string
  text: string | null
  link: string | null
  read: boolean
}

export interface Indicator {
  id: string
  name: string
  description: string | null
  value: number | null
  unit: 'COUNT' | 'RATIO' | 'DURATION'
  target: number | null
  direction: 'UP' | 'DOWN'
  status: 'GOOD' | 'WATCH' | 'BAD' | 'NONE'
  formula: string | null
  numerator?: number | null
  denominator?: number | null
  computed: Time | null
  trend: { date: Day; value: number | null }[]
}

export interface IndicatorRows {
  columns: { name: string; label: string; type: ColumnType | 'ORGANISATION' }[]
  items: Record<string, unknown>[]
  total: number
  next: string | null
}
