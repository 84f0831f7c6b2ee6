import type { ColumnType, DataInterface, Grade } from '@/api'

export const METHODS = ['GET', 'POST'] as const
export const FORMATS = ['JSON', 'NDJSON', 'CSV'] as const
export const PLACES = ['PATH', 'QUERY', 'HEADER', 'BODY'] as const
export const SHARING = ['UNCONDITIONAL', 'CONDITIONAL', 'NONE'] as const

export interface ServiceField {
  name: string
  label: string
  type: ColumnType
  grade: Grade | null
  kind: string | null
  description: string
  /** Why the grade is proposed; people only. */
  reason?: string
}

/** What an OpenAPI document says, as the platform reads it. */
export interface ServiceDocument {
  title: string
  address: string | null
  operations: ServiceOperation[]
  kinds: { id: string; name: string; grade: Grade }[]
}

export interface ServicePlace {
  records: string
  fields: (ServiceField & { reason: string })[]
  around: string[]
}

export interface ServiceOperation {
  method: (typeof METHODS)[number]
  path: string
  summary: string
  parameters: ServiceParameter[]
  format: (typeof FORMATS)[number]
  places: ServicePlace[]
  notes: string[]
  usable: boolean
}

export interface ServiceParameter {
  name: string
  place: (typeof PLACES)[number]
  required: boolean
  type: ColumnType
  pattern: string | null
  allowed: string[]
  least: number | null
  most: number | null
  shortest: number | null
  longest: number | null
  description: string
}

/** What a call through a gateway found. */
export interface ServiceFound {
  code: string | null
  problem: string | null
  mend: string | null
  bytes: number
  milliseconds: number
  records: number
  known: number
  unknown: Record<string, number>
  format: string
}

/** What the form holds; the secret is kept apart, so that no draft on disk has it. */
export interface ServiceValues {
  id: string
  name: string
  dataset: string | null
  sharing: string
  address: string
  method: (typeof METHODS)[number]
  path: string
  parameters: ServiceParameter[]
  format: (typeof FORMATS)[number]
  records: string
  around: string[]
  fields: ServiceField[]
  connect: number | null
  firstByte: number | null
  whole: number | null
  tries: number | null
  connections: number | null
  megabytes: number | null
  probe: string
  everySeconds: number | null
  failures: number | null
  openSeconds: number | null
  header: string
}

const MEGABYTE = 1 << 20

/** The values of a new service, or of the one that is to be changed. */
export function serviceValues(one?: DataInterface): ServiceValues {
  const service = one?.service
  return {
    id: one?.id ?? '',
    name: one?.name ?? '',
    dataset: one?.dataset.id || null,
    sharing: service?.sharing ?? 'CONDITIONAL',
    address: service?.address ?? '',
    method: service?.method ?? 'GET',
    path: service?.path ?? '',
    parameters: service ? [...service.parameters] : [],
    format: service?.format ?? 'JSON',
    records: service?.records ?? '',
    around: service ? [...service.around] : [],
    fields: (one?.fields ?? []).map((field) => ({ ...field, kind: field.kind ?? null, description: field.description ?? '' })),
    connect: service?.times.connect ?? 2000,
    firstByte: service?.times.firstByte ?? 10_000,
    whole: service?.times.whole ?? 60_000,
    tries: service?.tries ?? 1,
    connections: service?.connections ?? 20,
    megabytes: service ? service.mostBytes / MEGABYTE : 100,
    probe: service?.probe?.path ?? '',
    everySeconds: service?.probe?.everySeconds ?? 10,
    failures: service?.breaker.failures ?? 10,
    openSeconds: service?.breaker.openSeconds ?? 10,
    header: service?.credential ?? '',
  }
}

/** What is sent; a secret that is not given anew stays as it is. */
export function serviceBody(values: ServiceValues, secret: string): object {
  return {
    id: values.id.trim() || null,
    name: values.name,
    dataset: values.dataset,
    sharing: values.dataset ? null : values.sharing,
    address: values.address,
    method: values.method,
    path: values.path,
    parameters: values.parameters,
    format: values.format,
    records: values.records,
    around: values.around,
    fields: values.fields.map(({ name, label, type, grade, kind, description }) => ({ name, label, type, grade, kind, description })),
    times: { connect: values.connect, firstByte: values.firstByte, whole: values.whole },
    tries: values.method === 'POST' ? 1 : values.tries,
    connections: values.connections,
    probe: values.probe.trim() ? { path: values.probe, everySeconds: values.everySeconds } : null,
    breaker: { failures: values.failures, openSeconds: values.openSeconds },
    mostBytes: values.megabytes === null ? null : Math.round(values.megabytes * MEGABYTE),
    credential: values.header.trim() ? { header: values.header, secret: secret || null } : null,
  }
}

/** Takes up what the document says of an operation. */
export function takeUp(values: ServiceValues, operation: ServiceOperation, place: ServicePlace | undefined): void {
  values.method = operation.method
  values.path = operation.path
  values.parameters = operation.parameters.map((parameter) => ({ ...parameter }))
  values.format = operation.format
  values.records = place?.records ?? ''
  values.around = [...(place?.around ?? [])]
  values.fields = (place?.fields ?? []).map((field) => ({ ...field }))
}

/** What a parameter allows, in signs that need no language. */
export function limitsOf(parameter: ServiceParameter): string {
  if (parameter.allowed.length) return parameter.allowed.join(' | ')
  const range = parameter.least !== null || parameter.most !== null ? `${parameter.least ?? ''}..${parameter.most ?? ''}` : ''
  const length = parameter.longest !== null || parameter.shortest !== null ? `length ${parameter.shortest ?? 0}..${parameter.longest ?? 200}` : ''
  return [range, length, parameter.pattern ?? ''].filter(Boolean).join(' · ')
}

/** The step of the form that an error of the server belongs to. */
export function stepOf(field: string): number {
  if (/^(parameters|method|path|format)/.test(field)) return 1
  if (/^(fields|records|around)/.test(field)) return 2
  if (/^(times|tries|connections|probe|breaker|mostBytes|credential)/.test(field)) return 3
  return 0
}
