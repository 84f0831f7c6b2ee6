import type { AccessRequest, DataInterface, RequestBody } from '@/api'

/** What the form for a request holds while it is being filled in. */
export interface AskValues {
  fields: string[]
  application: string | null
  purpose: string
  legalBasis: string
  matter: string
  validUntil: string
  perSecond: number | null
  perDay: number | null
  /** Null for any number. */
  inAll: number | null
  exports: boolean
}

/** What is wrong with a request: the last part of the key of its words. */
export type AskFault = 'needField' | 'needApplication' | 'needPurpose' | 'needEnd' | 'pastEnd' | 'farEnd' | 'needRate'

const MOST_PER_SECOND = 1000
const MOST_PER_DAY = 10_000_000
/** A grant lasts five years at most. */
const LONGEST_DAYS = 1827
const MOST_IN_ALL = MOST_PER_DAY * LONGEST_DAYS

export function askFault(field: keyof AskValues, values: AskValues, today: string): AskFault | undefined {
  switch (field) {
    case 'fields':
      return values.fields.length ? undefined : 'needField'
    case 'application':
      return values.application ? undefined : 'needApplication'
    case 'purpose':
      return values.purpose.trim() ? undefined : 'needPurpose'
    case 'validUntil':
      return endFault(values.validUntil, today)
    case 'perSecond':
      return within(values.perSecond, MOST_PER_SECOND) ? undefined : 'needRate'
    case 'perDay':
      return within(values.perDay, MOST_PER_DAY) ? undefined : 'needRate'
    case 'inAll':
      return values.inAll === null || within(values.inAll, MOST_IN_ALL) ? undefined : 'needRate'
    case 'legalBasis':
    case 'matter':
    case 'exports':
      return undefined
  }
}

function endFault(day: string, today: string): AskFault | undefined {
  if (!day) return 'needEnd'
  if (day <= today) return 'pastEnd'
  return (Date.parse(day) - Date.parse(today)) / 86_400_000 > LONGEST_DAYS ? 'farEnd' : undefined
}

function within(value: number | null, most: number): boolean {
  return value !== null && Number.isInteger(value) && value >= 1 && value <= most
}

/** A form for an interface: nothing chosen yet, or what was asked before it was returned. */
export function firstValues(one: DataInterface, before: AccessRequest | undefined, end: string): AskValues {
  if (!before) return { fields: [...one.keys], application: null, purpose: '', legalBasis: '', matter: '', validUntil: end, perSecond: 5, perDay: 1000, inAll: null, exports: false }
  const known = new Set(one.fields.map((field) => field.name))
  return {
    fields: before.fields.map((field) => field.name).filter((name) => known.has(name)),
    application: before.application.id,
    purpose: before.purpose,
    legalBasis: before.legalBasis,
    matter: before.matter ?? '',
    validUntil: before.validUntil,
    perSecond: before.perSecond,
    perDay: before.perDay,
    inAll: before.inAll ?? null,
    exports: Boolean(before.exports && one.exports),
  }
}

export function bodyOf(one: DataInterface, values: AskValues): RequestBody {
  return {
    interface: one.id,
    application: values.application ?? '',
    fields: values.fields,
    purpose: values.purpose.trim(),
    legalBasis: values.legalBasis.trim(),
    matter: values.matter.trim(),
    validUntil: values.validUntil,
    perSecond: values.perSecond ?? 0,
    perDay: values.perDay ?? 0,
    ...(values.inAll !== null && { inAll: values.inAll }),
    ...(one.exports && values.exports && { exports: true }),
  }
}
