import type { FieldDefinition, FieldValue } from '@/api'
import { formatDay, formatNumber } from '@/ui'

/** A field's value in words: codes by their name, dates and numbers as everywhere. */
export function fieldWords(field: FieldDefinition, value: FieldValue | undefined, t: (key: string) => string): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'ui.word.yes' : 'ui.word.no')
  if (typeof value === 'number') return formatNumber(value)
  if (field.type === 'date') return formatDay(value)
  return field.codes?.find((one) => one.code === value)?.name ?? value
}
