import type { FieldDefinition, FieldValue, Grade, Opening, Sharing, UpdatePeriod } from '@/api'
import type { Option } from '@/ui'

export const GRADES: readonly Grade[] = ['L1', 'L2', 'L3', 'L4']
export const SHARINGS: readonly Sharing[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NONE']
export const OPENINGS: readonly Opening[] = ['UNCONDITIONAL', 'CONDITIONAL', 'FORBIDDEN']
export const PERIODS: readonly UpdatePeriod[] = ['IRREGULAR', 'REAL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY']

type Words = (key: string) => string

/** Choices out of codes whose words stand under the group's name. */
export function options<Code extends string>(t: Words, group: string, codes: readonly Code[]): Option<Code>[] {
  return codes.map((value) => ({ value, label: t(`catalogue.${group}.${value}`) }))
}

/** A metadata value as people read it. */
export function shownValue(t: Words, definition: FieldDefinition, value: FieldValue | undefined, names: Map<string, string>): string {
  if (value === null || value === undefined || value === '') return ''
  if (definition.type === 'boolean') return t(value === true || value === 'true' ? 'ui.word.yes' : 'ui.word.no')
  if (definition.type === 'code') return definition.codes?.find((one) => one.code === value)?.name ?? String(value)
  if (definition.type === 'organisation') return names.get(String(value)) ?? String(value)
  return String(value)
}
