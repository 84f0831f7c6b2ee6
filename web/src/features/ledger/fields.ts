import type { FieldDefinition, FieldValue, LedgerType } from '@/api'
import { formatDay, formatNumber } from '@/ui'

/** A field's value in words: codes and organisations by their name, dates and numbers as everywhere. */
export function fieldWords(field: FieldDefinition, value: FieldValue | undefined, t: (key: string) => string, organisations?: Map<string, string>): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'ui.word.yes' : 'ui.word.no')
  if (typeof value === 'number') return formatNumber(value)
  if (field.type === 'date') return formatDay(value)
  if (field.type === 'organisation') return organisations?.get(value) ?? value
  return field.codes?.find((one) => one.code === value)?.name ?? value
}

/** The fields of a type by group, in the order of the type; those without a group under the given name. */
export function groupsOf(definition: LedgerType, otherwise: string): { name: string; fields: FieldDefinition[] }[] {
  const groups: { name: string; fields: FieldDefinition[] }[] = []
  for (const field of definition.fields) {
    const name = field.group ?? otherwise
    const group = groups.find((one) => one.name === name) ?? { name, fields: [] }
    if (!groups.includes(group)) groups.push(group)
    group.fields.push(field)
  }
  return groups
}
