import type { ColumnType } from '@/api'

/** What is wrong with a parameter's text: the last part of the key of its words. */
export type ParameterFault = 'needed' | 'notWhole' | 'notNumber' | 'notDay' | 'notTime' | 'tooLong'

const LONGEST = 200

/** Checks a parameter as the gateway will, so that most mistakes are told before the call. */
export function parameterFault(given: string, type: ColumnType, longest = LONGEST): ParameterFault | undefined {
  const text = given.trim()
  if (!text) return 'needed'
  if (text.length > longest) return 'tooLong'
  switch (type) {
    case 'TEXT':
      return undefined
    case 'BOOLEAN':
      return text === 'true' || text === 'false' ? undefined : 'needed'
    case 'INTEGER':
      return /^[+-]?\d{1,18}$/.test(text) ? undefined : 'notWhole'
    case 'DECIMAL':
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? undefined : 'notNumber'
    case 'DATE':
      return isDay(text) ? undefined : 'notDay'
    case 'TIMESTAMP':
      return /^\d{4}-\d{2}-\d{2}[T ]/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'notTime'
  }
}

function isDay(text: string): boolean {
  const [, year, month, day] = text.match(/^(\d{4})-(\d{2})-(\d{2})$/) ?? []
  if (!year || !month || !day) return false
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

/** A body as people read it: JSON laid out in lines, anything else as it is. */
export function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
