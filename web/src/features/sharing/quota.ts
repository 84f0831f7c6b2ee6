import type { QuotaKind } from '@/api'

/** What a limit's form holds. */
export interface QuotaValues {
  subject: string | null
  perSecond: number | null
  perDay: number | null
  perMonth: number | null
  reason: string
}

export interface QuotaOf {
  kind: QuotaKind
  /** Null where a department is still to be chosen. */
  id: string | null
  name: string
}

/** What is wrong with a limit: the last part of the key of its words. */
export type QuotaFault = 'needSubject' | 'needOne' | 'needReason'

export function quotaFault(field: keyof QuotaValues, values: QuotaValues): QuotaFault | undefined {
  switch (field) {
    case 'subject':
      return values.subject ? undefined : 'needSubject'
    case 'perDay':
      return values.perSecond ?? values.perDay ?? values.perMonth ? undefined : 'needOne'
    case 'reason':
      return values.reason.trim() ? undefined : 'needReason'
    case 'perSecond':
    case 'perMonth':
      return undefined
  }
}
