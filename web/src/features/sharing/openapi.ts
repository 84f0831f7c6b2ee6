/** The parts of an OpenAPI 3.1 document that the pages show. */
export interface OpenApiDocument {
  openapi?: string
  info?: { title?: string; version?: string; description?: string }
  servers?: { url: string }[]
  paths?: Record<string, Record<string, OpenApiOperation>>
  components?: { schemas?: Record<string, OpenApiSchema>; parameters?: Record<string, OpenApiParameter>; responses?: Record<string, OpenApiResponse> }
}

export interface OpenApiSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  title?: string
  description?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  enum?: unknown[]
  items?: OpenApiSchema
  properties?: Record<string, OpenApiSchema>
  [extension: string]: unknown
}

export interface OpenApiParameter {
  $ref?: string
  name?: string
  in?: string
  required?: boolean
  description?: string
  schema?: OpenApiSchema
}

export interface OpenApiResponse {
  $ref?: string
  description?: string
  content?: Record<string, { schema?: OpenApiSchema }>
}

export interface OpenApiOperation {
  summary?: string
  description?: string
  parameters?: OpenApiParameter[]
  responses?: Record<string, OpenApiResponse>
}

/** One line of a table of parameters or of fields of an answer. */
export interface SchemaLine {
  name: string
  type: string
  required: boolean
  place: string
  description: string
}

export interface Operation {
  method: string
  path: string
  summary: string
  parameters: SchemaLine[]
  responses: { status: string; description: string; fields: SchemaLine[] }[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The operations of a document with references followed, in the order they stand there. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? operation.description ?? '',
        parameters: (operation.parameters ?? []).map((one) => parameterLine(document, one)),
        responses: Object.entries(operation.responses ?? {}).map(([status, response]) => responseOf(document, status, response)),
      })),
  )
}

function parameterLine(document: OpenApiDocument, given: OpenApiParameter): SchemaLine {
  const parameter = given.$ref ? (follow<OpenApiParameter>(document, given.$ref) ?? given) : given
  const schema = resolved(document, parameter.schema)
  return { name: parameter.name ?? '', type: typeWords(document, schema), required: parameter.required ?? false, place: parameter.in ?? '', description: parameter.description ?? schema?.description ?? schema?.title ?? '' }
}

function responseOf(document: OpenApiDocument, status: string, given: OpenApiResponse): Operation['responses'][number] {
  const response = given.$ref ? (follow<OpenApiResponse>(document, given.$ref) ?? given) : given
  const schema = Object.values(response.content ?? {})[0]?.schema
  return { status, description: response.description ?? '', fields: fieldLines(document, schema, '', 0) }
}

const DEEP = 3

function fieldLines(document: OpenApiDocument, given: OpenApiSchema | undefined, above: string, depth: number): SchemaLine[] {
  const schema = resolved(document, given)
  if (!schema || depth > DEEP) return []
  if (schema.items) return fieldLines(document, schema.items, above ? `${above}[]` : '[]', depth)
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = resolved(document, property)
    const full = above ? `${above}.${name}` : name
    const line = { name: full, type: typeWords(document, own), required: false, place: '', description: own?.description ?? own?.title ?? '' }
    return [line, ...fieldLines(document, property, full, depth + 1)]
  })
}

function resolved(document: OpenApiDocument, schema: OpenApiSchema | undefined): OpenApiSchema | undefined {
  let one = schema
  for (let hops = 0; one?.$ref && hops < 8; hops++) one = follow<OpenApiSchema>(document, one.$ref)
  return one
}

function follow<Part>(document: OpenApiDocument, reference: string): Part | undefined {
  if (!reference.startsWith('#/')) return undefined
  const parts = reference.slice(2).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let place: unknown = document
  for (const part of parts) place = (place as Record<string, unknown> | undefined)?.[part]
  return place as Part | undefined
}

function typeWords(document: OpenApiDocument, schema: OpenApiSchema | undefined): string {
  if (!schema) return ''
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type ?? '']).filter((type) => type && type !== 'null')
  const base = types.includes('array') ? `${typeWords(document, resolved(document, schema.items))}[]` : types.join(' | ') + (schema.format ? ` (${schema.format})` : '')
  return schema.maxLength ? `${base} ≤ ${schema.maxLength}` : base
}
