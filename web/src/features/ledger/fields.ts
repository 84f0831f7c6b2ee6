import type { FieldDefinition, FieldValue, LedgerEntry, LedgerType, ShownItem } from '@/api'
import { formatDay, formatMeasure, formatNumber, positionsOf } from '@/ui'

export type Values = Record<string, FieldValue>
type Words = (key: string, named?: Record<string, unknown>) => string

/** A value that says nothing. */
export function isEmpty(value: FieldValue | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** A value as it is sent: what says nothing is null. */
export function sent(value: FieldValue | undefined): FieldValue {
  if (isEmpty(value)) return null
  return typeof value === 'string' ? value.trim() || null : (value ?? null)
}

/** Whether two values are the same to the server. */
export function same(left: FieldValue | undefined, right: FieldValue | undefined): boolean {
  return JSON.stringify(sent(left)) === JSON.stringify(sent(right))
}

/** One value of a field in words: codes and organisations by their name, dates and numbers as everywhere. */
function oneWord(field: FieldDefinition, value: FieldValue, t: Words, organisations?: Map<string, string>): string {
  if (typeof value === 'boolean') return t(value ? 'ui.word.yes' : 'ui.word.no')
  if (typeof value === 'number') return field.unit ? formatMeasure(value, field.unit) : formatNumber(value)
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return value.type === 'Point' ? value.coordinates.join(', ') : t('ledger.field.shape', { n: positionsOf(value).length })
  }
  const text = String(value)
  if (field.type === 'date') return formatDay(text)
  if (field.type === 'organisation' || field.type === 'division') return organisations?.get(text) ?? text
  return field.codes?.find((one) => one.code === text)?.name ?? text
}

/** A field's value in words; a list with its parts one after another. */
export function fieldWords(field: FieldDefinition, value: FieldValue | undefined, t: Words, organisations?: Map<string, string>): string {
  if (isEmpty(value)) return '–'
  if (Array.isArray(value)) return value.map((one) => oneWord(field, one, t, organisations)).join(t('ui.word.join'))
  return oneWord(field, value ?? null, t, organisations)
}

/** What a cell of a list shows: the server's words before our own. */
export function cellWords(field: FieldDefinition, row: LedgerEntry, t: Words, organisations?: Map<string, string>): string {
  const shown = row.shown?.[field.id]
  if (shown?.length) return shown.map((one) => one.text).join(t('ui.word.join'))
  return fieldWords(field, row.fields[field.id], t, organisations)
}

/** The parts of a value that lead somewhere, where the server says so. */
export function itemsOf(entry: LedgerEntry, field: string): ShownItem[] | undefined {
  return entry.shown?.[field]
}

/** Values that are identifiers, by the names that the entry's answer gives; others of the kind are only counted. */
export function namedWords(entry: LedgerEntry, field: FieldDefinition, value: FieldValue, t: Words): string | undefined {
  if (!['reference', 'file', 'person'].includes(field.type) || isEmpty(value)) return undefined
  const items = itemsOf(entry, field.id) ?? []
  const ids = Array.isArray(value) ? value : [String(value)]
  const names = ids.flatMap((id) => items.find((item) => item.id === id)?.text ?? (field.type === 'person' ? id : []))
  const others = ids.length - names.length
  return [...names, ...(others ? [t(`ledger.field.others.${field.type}`, { n: others })] : [])].join(t('ui.word.join'))
}

export interface FieldGroup {
  id: string
  name: string
  help: string | null
  fields: FieldDefinition[]
}

/** The given fields by group, in the order of the type; those without a group under the given name. */
export function groupsOf(definition: LedgerType, otherwise: string, fields: readonly FieldDefinition[] = definition.fields): FieldGroup[] {
  const groups: FieldGroup[] = (definition.groups ?? []).map((group) => ({ ...group, fields: [] }))
  for (const field of fields) {
    let group = groups.find((one) => one.id === field.group || one.name === field.group)
    if (!group) {
      const name = field.group ?? otherwise
      group = { id: name, name, help: null, fields: [] }
      groups.push(group)
    }
    group.fields.push(field)
  }
  return groups.filter((group) => group.fields.length)
}

/** Whether an entry with these values has the field: another field, itself present, has one of the values it asks for. */
export function present(field: FieldDefinition, values: Values, fields: readonly FieldDefinition[]): boolean {
  const condition = field.when
  if (!condition) return true
  const other = fields.find((one) => one.id === condition.field)
  if (other && !present(other, values, fields)) return false
  const value = values[condition.field]
  if (isEmpty(value)) return false
  return (Array.isArray(value) ? value : [String(value)]).some((one) => condition.in.includes(one))
}

/** The fields that a person fills in now: those they may write and that the other values call for. */
export function asked(fields: readonly FieldDefinition[], values: Values): FieldDefinition[] {
  return fields.filter((field) => field.writable !== false && present(field, values, fields))
}

/** What to send for a new entry: what is filled in of the fields that are asked. */
export function filled(fields: readonly FieldDefinition[], values: Values): Values {
  return Object.fromEntries(asked(fields, values).flatMap((field) => (isEmpty(values[field.id]) ? [] : [[field.id, sent(values[field.id])] as const])))
}

/** What to send for a change: what became different; fields that are no longer called for are emptied. */
export function changed(fields: readonly FieldDefinition[], before: Values, values: Values): Values {
  const wanted = new Set(asked(fields, values).map((field) => field.id))
  return Object.fromEntries(
    fields.flatMap((field) => {
      if (field.writable === false) return []
      const now = wanted.has(field.id) ? sent(values[field.id]) : null
      return same(now, before[field.id]) ? [] : [[field.id, now] as const]
    }),
  )
}
