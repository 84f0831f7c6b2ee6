import type { AccessRequest, Decision, Mask } from '@/api'

export type MaskChoice = Mask | 'NONE'

/** What an approver fills in. */
export interface DecisionValues {
  outcome: Decision['outcome'] | null
  reason: string
  fields: string[]
  masks: Record<string, MaskChoice>
  validUntil: string
  perSecond: number | null
  perDay: number | null
  inAll: number | null
  /** Null where files were not asked for. */
  exports: boolean | null
}

/** What is wrong with a decision: the last part of the key of its words. */
export type DecisionFault = 'needOutcome' | 'needReason' | 'needReasonApprove' | 'needReasonUnmasked' | 'needReasonCut' | 'needField' | 'badEnd' | 'badRate'

/** The request as asked, masked as the rules suggest, nothing decided yet. */
export function firstDecision(request: AccessRequest): DecisionValues {
  return {
    outcome: null,
    reason: '',
    fields: request.fields.map((field) => field.name),
    masks: suggestedMasks(request),
    validUntil: request.validUntil,
    perSecond: request.perSecond,
    perDay: request.perDay,
    inAll: request.inAll ?? null,
    exports: request.exports ? true : null,
  }
}

export function suggestedMasks(request: AccessRequest): Record<string, MaskChoice> {
  return Object.fromEntries(request.fields.map((field) => [field.name, request.assessment?.masks[field.name] ?? field.mask ?? 'NONE']))
}

/** Fields whose suggested mask the decision takes away. */
export function unmasked(values: DecisionValues, request: AccessRequest): string[] {
  const suggested = suggestedMasks(request)
  return values.fields.filter((field) => suggested[field] !== 'NONE' && values.masks[field] === 'NONE')
}

/** Whether less is given than was asked. */
export function isCut(values: DecisionValues, request: AccessRequest): boolean {
  return (
    values.fields.length < request.fields.length ||
    values.validUntil < request.validUntil ||
    (values.perSecond ?? 0) < request.perSecond ||
    (values.perDay ?? 0) < request.perDay ||
    (values.inAll ?? Infinity) < (request.inAll ?? Infinity) ||
    values.exports === false
  )
}

/** Faults by field. A reason is always due; what it must explain depends on the decision. */
export function decisionFaults(values: DecisionValues, request: AccessRequest, today: string): Partial<Record<keyof DecisionValues, DecisionFault>> {
  if (!values.outcome) return { outcome: 'needOutcome' }
  const said = values.reason.trim().length > 0
  if (values.outcome !== 'APPROVE') return said ? {} : { reason: 'needReason' }
  const faults: Partial<Record<keyof DecisionValues, DecisionFault>> = {}
  if (!values.fields.length) faults.fields = 'needField'
  if (!said && unmasked(values, request).length) faults.reason = 'needReasonUnmasked'
  else if (!said && isCut(values, request)) faults.reason = 'needReasonCut'
  else if (!said) faults.reason = 'needReasonApprove'
  if (!values.validUntil || values.validUntil <= today || values.validUntil > request.validUntil) faults.validUntil = 'badEnd'
  if (!rate(values.perSecond, request.perSecond)) faults.perSecond = 'badRate'
  if (!rate(values.perDay, request.perDay)) faults.perDay = 'badRate'
  if (!inAll(values.inAll, request.inAll ?? null)) faults.inAll = 'badRate'
  return faults
}

function rate(value: number | null, most: number): boolean {
  return value !== null && Number.isInteger(value) && value >= 1 && value <= most
}

/** Calls in all: any number only where any number was asked for. */
function inAll(value: number | null, asked: number | null): boolean {
  return value === null ? asked === null : rate(value, asked ?? Number.MAX_SAFE_INTEGER)
}

/** The decision to send: limits only where something is granted, masks only of fields that are given. */
export function decisionOf(values: DecisionValues): Decision {
  const outcome = values.outcome ?? 'RETURN'
  if (outcome !== 'APPROVE') return { outcome, reason: values.reason.trim() }
  const masks = values.fields.flatMap((field) => {
    const mask = values.masks[field]
    return mask && mask !== 'NONE' ? [[field, mask] as const] : []
  })
  return {
    outcome,
    reason: values.reason.trim(),
    fields: values.fields,
    masks: Object.fromEntries(masks),
    validUntil: values.validUntil,
    ...(values.perSecond !== null && { perSecond: values.perSecond }),
    ...(values.perDay !== null && { perDay: values.perDay }),
    ...(values.inAll !== null && { inAll: values.inAll }),
    ...(values.exports !== null && { exports: values.exports }),
  }
}
