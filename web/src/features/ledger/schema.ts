import type { Completion } from '@/ui'

/** As much of a JSON Schema as proposing keys needs. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  definitions?: Record<string, Schema>
  description?: string
  title?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** Part of a path: a key, or an item of a list. */
const ITEM = '[]'

interface Place {
  path: string[]
  /** Keys that stand beside the place already. */
  beside: Set<string>
}

const KEY = /^([\w-]+)\s*:/

/** A line of YAML without its indent and dashes: where its keys stand, where a dash does. */
function shape(line: string): { column: number; dash: number | undefined; rest: string } | undefined {
  const found = /^( *)((?:- +)*)(.*)$/.exec(line)
  const rest = found?.[3] ?? ''
  if (!rest || rest.startsWith('#')) return undefined
  const lead = found?.[1]?.length ?? 0
  const dashes = found?.[2]?.length ?? 0
  return { column: lead + dashes, dash: dashes ? lead : undefined, rest }
}

/** The keys above a column in the lines before, outermost first, found by indent. */
export function placeOf(lines: readonly string[], column: number, ownDash: number | undefined): Place {
  const path: string[] = []
  const beside = new Set<string>()
  let limit = column
  // Another item of the same list has its dash where ours has it.
  let dashes = column
  let deepest = true
  if (ownDash !== undefined) {
    path.unshift(ITEM)
    limit = ownDash + 1
    dashes = ownDash
    deepest = false
  }
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = shape(lines[index] ?? '')
    if (!line) continue
    const key = KEY.exec(line.rest)?.[1]
    if (deepest && line.column === limit && key) beside.add(key)
    if (line.column < limit && key) {
      path.unshift(key)
      limit = dashes = line.column
      deepest = false
    }
    if (line.dash !== undefined && line.dash < dashes) {
      path.unshift(ITEM)
      limit = line.dash + 1
      dashes = line.dash
      deepest = false
    }
  }
  return { path, beside }
}

/** All schemas that one may stand for: itself, what it refers to, its alternatives. */
function spread(root: Schema, given: Schema | undefined, depth = 0): Schema[] {
  if (!given || depth > 8) return []
  const reference = given.$ref?.startsWith('#/') ? given.$ref.slice(2).split('/').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], root) : undefined
  const others = [reference as Schema | undefined, ...(given.anyOf ?? []), ...(given.oneOf ?? []), ...(given.allOf ?? [])]
  return [given, ...others.flatMap((one) => spread(root, one, depth + 1))]
}

function at(root: Schema, path: readonly string[]): Schema[] {
  return path.reduce<Schema[]>(
    (schemas, part) =>
      schemas.flatMap((one) => {
        const next = part === ITEM ? one.items : (one.properties?.[part] ?? (typeof one.additionalProperties === 'object' ? one.additionalProperties : undefined))
        return spread(root, next)
      }),
    spread(root, root),
  )
}

const hintOf = (root: Schema, schema: Schema): string | undefined => spread(root, schema).find((one) => one.description)?.description

/** What may stand at a place of a type file: keys that are not there yet, or the values of a key. */
export function completions(root: Schema, text: string, caret: number): { from: number; options: Completion[] } {
  const before = text.slice(0, caret).split('\n')
  const line = before.pop() ?? ''
  const word = /[\w-]*$/.exec(line)?.[0] ?? ''
  const from = caret - word.length
  const lead = line.slice(0, line.length - word.length)
  const keyed = /^( *)((?:- +)*)([\w-]+): +$/.exec(lead)
  const blank = /^( *)((?:- +)*)$/.exec(lead)
  const found = keyed ?? blank
  if (!found) return { from, options: [] }
  const spaces = found[1]?.length ?? 0
  const dashes = found[2]?.length ?? 0
  const { path, beside } = placeOf(before, spaces + dashes, dashes ? spaces : undefined)
  const schemas = at(root, keyed ? [...path, keyed[3] ?? ''] : path)
  const options = keyed ? valuesOf(schemas) : keysOf(root, schemas, beside)
  return { from, options: options.filter((one) => one.text.toLowerCase().startsWith(word.toLowerCase()) && one.text !== word) }
}

function valuesOf(schemas: readonly Schema[]): Completion[] {
  const values = schemas.flatMap((one) => [...(one.enum ?? []), ...(one.const === undefined ? [] : [one.const]), ...(one.type === 'boolean' ? [true, false] : [])])
  return [...new Set(values.map(String))].map((text) => ({ text }))
}

function keysOf(root: Schema, schemas: readonly Schema[], beside: ReadonlySet<string>): Completion[] {
  const keys = new Map<string, string | undefined>()
  for (const one of schemas) for (const [key, schema] of Object.entries(one.properties ?? {})) if (!beside.has(key) && !keys.has(key)) keys.set(key, hintOf(root, schema))
  return [...keys].map(([key, hint]) => ({ text: `${key}: `, ...(hint && { hint }) }))
}
