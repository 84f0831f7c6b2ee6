import { describe, expect, it } from 'vitest'
import type { AccessRequest, DataInterface } from '@/api'
import { askFault, bodyOf, firstValues } from '@/features/sharing/ask'
import { decisionFaults, decisionOf, firstDecision, isCut, unmasked } from '@/features/sharing/decision'
import { operationsOf } from '@/features/sharing/openapi'
import { laidOut, parameterFault } from '@/features/sharing/parameters'

const TODAY = '2023-11-05'
const request: AccessRequest = {
  id: 'r1', number: 'R-1', state: 'IN_REVIEW', dataset: { id: 'd', title: 'D' }, interface: { id: 'i', name: 'I' }, application: { id: 'a', name: 'A' }, applicant: { id: 'p', name: 'P' },
  organisation: { code: 'o', name: 'O' }, owner: { code: 'w', name: 'W' },
  fields: [{ name: 'id', label: 'Id', grade: 'L3', mask: null }, { name: 'division', label: 'Division', grade: 'L1', mask: null }],
  purpose: 'to check identity', legalBasis: 'law', matter: null, validUntil: '2024-11-05', perSecond: 10, perDay: 1000, created: '2023-11-01T00:00:00Z', due: null, remainingWorkingMinutes: null, overdue: false, escalated: false,
  assessment: { outcome: 'REVIEW', rules: [], masks: { id: 'IDENTIFIER' }, deadlineWorkingDays: 3 }, decision: null, grant: null, process: null, similar: [], timeline: [], allowed: [], version: 1,
}
const one: DataInterface = {
  id: 'i', name: 'I', dataset: { id: 'd', title: 'D' }, organisation: { code: 'w', name: 'W' }, state: 'LIVE', keys: ['id'], rows: 1, pageLimit: 10, address: '', published: '', publishedBy: '', grants: 0, error: null, allowed: [], version: 1,
  fields: [{ name: 'id', label: 'Id', type: 'TEXT', grade: 'L3', description: null }, { name: 'division', label: 'Division', type: 'TEXT', grade: 'L1', description: null }],
}

describe('a decision', () => {
  it('begins with what was asked, masked as the rules suggest', () => {
    const first = firstDecision(request)
    expect(first.masks).toEqual({ id: 'IDENTIFIER', division: 'NONE' })
    expect(isCut(first, request)).toBe(false)
    expect(decisionFaults(first, request, TODAY)).toEqual({ outcome: 'needOutcome' })
  })

  it('needs a reason even to approve what was asked', () => {
    expect(decisionFaults({ ...firstDecision(request), outcome: 'APPROVE' }, request, TODAY)).toEqual({ reason: 'needReasonApprove' })
    expect(decisionFaults({ ...firstDecision(request), outcome: 'APPROVE', reason: 'clear' }, request, TODAY)).toEqual({})
  })

  it('needs a reason that fits: to refuse, to return, to give less, or to take a suggested mask away', () => {
    const first = firstDecision(request)
    expect(decisionFaults({ ...first, outcome: 'REFUSE' }, request, TODAY)).toEqual({ reason: 'needReason' })
    expect(decisionFaults({ ...first, outcome: 'RETURN', reason: '  ' }, request, TODAY)).toEqual({ reason: 'needReason' })
    expect(decisionFaults({ ...first, outcome: 'APPROVE', perDay: 10 }, request, TODAY)).toEqual({ reason: 'needReasonCut' })
    const bare = { ...first, outcome: 'APPROVE' as const, masks: { id: 'NONE' as const, division: 'NONE' as const } }
    expect(unmasked(bare, request)).toEqual(['id'])
    expect(decisionFaults(bare, request, TODAY)).toEqual({ reason: 'needReasonUnmasked' })
    expect(decisionFaults({ ...bare, reason: 'the law names it' }, request, TODAY)).toEqual({})
  })

  it('never gives more than was asked', () => {
    const first = { ...firstDecision(request), outcome: 'APPROVE' as const, reason: 'x' }
    expect(decisionFaults({ ...first, perSecond: 11 }, request, TODAY)).toEqual({ perSecond: 'badRate' })
    expect(decisionFaults({ ...first, perDay: 0 }, request, TODAY)).toEqual({ perDay: 'badRate' })
    expect(decisionFaults({ ...first, validUntil: '2025-01-01' }, request, TODAY)).toEqual({ validUntil: 'badEnd' })
    expect(decisionFaults({ ...first, validUntil: TODAY }, request, TODAY)).toEqual({ validUntil: 'badEnd' })
    expect(decisionFaults({ ...first, fields: [] }, request, TODAY)).toEqual({ fields: 'needField' })
  })

  it('sends masks only of fields that are given, and limits only with an approval', () => {
    const first = { ...firstDecision(request), outcome: 'APPROVE' as const, reason: ' only the division ', fields: ['division'] }
    expect(decisionOf(first)).toEqual({ outcome: 'APPROVE', reason: 'only the division', fields: ['division'], masks: {}, validUntil: '2024-11-05', perSecond: 10, perDay: 1000 })
    expect(decisionOf({ ...first, exports: false }).exports).toBe(false)
    expect(decisionOf({ ...first, outcome: 'REFUSE', reason: 'no' })).toEqual({ outcome: 'REFUSE', reason: 'no' })
  })
})

describe('a request being written', () => {
  const good = { ...firstValues(one, undefined, '2024-11-05'), application: 'a', purpose: 'to check identity', legalBasis: 'law' }

  it('starts with the keys, or with what was asked before it was returned', () => {
    expect(firstValues(one, undefined, '2024-11-05').fields).toEqual(['id'])
    expect(firstValues(one, { ...request, fields: [...request.fields, { name: 'gone', label: 'Gone', grade: null, mask: null }] }, '').fields).toEqual(['id', 'division'])
  })

  it('is told what is missing, field by field', () => {
    expect(askFault('fields', { ...good, fields: [] }, TODAY)).toBe('needField')
    expect(askFault('application', { ...good, application: null }, TODAY)).toBe('needApplication')
    expect(askFault('purpose', { ...good, purpose: ' ' }, TODAY)).toBe('needPurpose')
    expect(askFault('validUntil', { ...good, validUntil: TODAY }, TODAY)).toBe('pastEnd')
    expect(askFault('validUntil', { ...good, validUntil: '2030-01-01' }, TODAY)).toBe('farEnd')
    expect(askFault('perDay', { ...good, perDay: 1.5 }, TODAY)).toBe('needRate')
    for (const field of ['fields', 'application', 'purpose', 'legalBasis', 'matter', 'validUntil', 'perSecond', 'perDay'] as const) expect(askFault(field, good, TODAY), field).toBeUndefined()
  })

  it('leaves out a matter that is not said', () => {
    expect(bodyOf(one, { ...good, matter: '  ' }).matter).toBe('')
  })
})

describe('parameters of a trial', () => {
  it('are checked by type as the gateway checks them', () => {
    expect(parameterFault('', 'TEXT')).toBe('needed')
    expect(parameterFault('x'.repeat(201), 'TEXT')).toBe('tooLong')
    expect(parameterFault('12', 'INTEGER')).toBeUndefined()
    expect(parameterFault('1.2', 'INTEGER')).toBe('notWhole')
    expect(parameterFault('1.2', 'DECIMAL')).toBeUndefined()
    expect(parameterFault('2023-02-30', 'DATE')).toBe('notDay')
    expect(parameterFault('2024-02-29', 'DATE')).toBeUndefined()
    expect(parameterFault('2023-11-05T14:05:00Z', 'TIMESTAMP')).toBeUndefined()
    expect(parameterFault('yesterday', 'TIMESTAMP')).toBe('notTime')
  })

  it('come back with a body laid out when it is JSON', () => {
    expect(laidOut('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(laidOut('plain')).toBe('plain')
  })
})

describe('an OpenAPI document', () => {
  it('is read through its references, and survives one that goes round', () => {
    const [operation] = operationsOf({
      paths: { '/x': { get: { summary: 'S', parameters: [{ $ref: '#/components/parameters/Id' }], responses: { 200: { description: 'D', content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } } } } } } },
      components: {
        parameters: { Id: { name: 'id', in: 'query', required: true, schema: { type: 'string', maxLength: 18 } } },
        schemas: { Answer: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Row' } }, next: { type: ['string', 'null'] } } }, Row: { type: 'object', properties: { id: { type: 'string', title: 'Id' }, child: { $ref: '#/components/schemas/Row' } } } },
      },
    })
    expect(operation?.parameters).toEqual([{ name: 'id', type: 'string \u2264 18', required: true, place: 'query', description: '' }])
    expect(operation?.responses[0]?.fields.slice(0, 2).map((line) => `${line.name}: ${line.type}`)).toEqual(['items: object[]', 'items[].id: string'])
    expect(operation?.responses[0]?.fields.map((line) => line.name)).toContain('next')
  })
})
