import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, address, can, fileNameOf, get, headersFor, permits, post, problemOf, refusal, signIn } from '@/api'

function answer(status: number, body: unknown, type = 'application/json'): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type } })
}

describe('client', () => {
  const fetched = vi.fn<typeof fetch>()
  beforeEach(() => {
    fetched.mockReset()
    vi.stubGlobal('fetch', fetched)
    document.cookie = 'XSRF-TOKEN=a%2Bb'
  })
  afterEach(() => vi.unstubAllGlobals())

  it('leaves absent values out of an address and repeats lists', () => {
    expect(address('/datasets', { q: '', state: undefined, grade: null, organisation: ['a', 'b'], limit: 0 })).toBe('/api/v1/datasets?organisation=a&organisation=b&limit=0')
  })

  it('sends the token against forged requests with changes only', () => {
    expect(headersFor('GET')).not.toHaveProperty('X-XSRF-TOKEN')
    expect(headersFor('POST')).toHaveProperty('X-XSRF-TOKEN', 'a+b')
  })

  it('says which version a change was made upon', () => {
    expect(headersFor('PATCH', { version: 3 })).toHaveProperty('If-Match', '"3"')
  })

  it('throws what the server says as a problem', async () => {
    fetched.mockResolvedValue(answer(409, { title: 'Decided', code: 'ALREADY_DECIDED', detail: 'by Li', errors: [] }, 'application/problem+json'))
    await expect(post('/requests/1/decision', {})).rejects.toMatchObject({ status: 409, code: 'ALREADY_DECIDED', detail: 'by Li' })
  })

  it('gives a code to an answer that is no problem document', () => {
    expect(problemOf(502, '<html>')).toMatchObject({ status: 502, code: 'HTTP_502' })
  })

  it('tells a server that does not answer from one that refuses', async () => {
    fetched.mockRejectedValue(new TypeError('network'))
    const problem = await get('/datasets').catch((failure: unknown) => failure)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ unreachable: true })
  })

  it('answers nothing for an empty body', async () => {
    fetched.mockResolvedValue(answer(204, undefined))
    await expect(post('/messages/read')).resolves.toBeUndefined()
  })

  it('reads file names, the extended form first', () => {
    expect(fileNameOf("attachment; filename=\"x.csv\"; filename*=UTF-8''%E6%95%B0%E6%8D%AE.csv")).toBe('\u6570\u636e.csv')
    expect(fileNameOf('attachment; filename="x.csv"')).toBe('x.csv')
    expect(fileNameOf(null)).toBeUndefined()
  })

  it('knows what the signed-in person may do', async () => {
    fetched.mockResolvedValue(answer(200, { person: { permissions: ['dataset:read', 'request:decide:own'] } }))
    await signIn('a', 'b')
    expect([can('dataset:read'), can('request:decide'), can('dataset:write')]).toEqual([true, true, false])
  })
})

describe('what an entry allows', () => {
  const allowed = [
    { action: 'publish', permitted: false, reason: 'not graded' },
    { action: 'edit', permitted: true },
  ]

  it('is permitted only when the server says so', () => {
    expect([permits(allowed, 'edit'), permits(allowed, 'publish'), permits(allowed, 'withdraw'), permits(undefined, 'edit')]).toEqual([true, false, false, false])
  })

  it('carries the reason when refused', () => {
    expect([refusal(allowed, 'publish'), refusal(allowed, 'edit')]).toEqual(['not graded', undefined])
  })
})
