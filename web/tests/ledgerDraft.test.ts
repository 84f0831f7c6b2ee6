import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { DraftContent } from '@/api'
import { useServerDraft, type ServerDraft } from '@/features/ledger/draft'

interface Call {
  method: string
  url: string
  body: { content: DraftContent } | undefined
}

const content = (title: string): DraftContent => ({ organisation: '330500', fields: { title }, reason: '' })
let calls: Call[]
let answer: () => Response
const scope = effectScope()

function draft(): ServerDraft {
  return scope.run(() => useServerDraft('norm', '')) as ServerDraft
}

/** The drafts of a server that answers as it is told; only the network is not there. */
beforeEach(() => {
  vi.useFakeTimers()
  calls = []
  answer = () => new Response(null, { status: 204 })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ method: init.method ?? '', url, body: init.body ? (JSON.parse(String(init.body)) as Call['body']) : undefined })
    return Promise.resolve(answer())
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a draft at the server', () => {
  it('is kept once after a pause, with the last content', async () => {
    const one = draft()
    one.keep(content('a'))
    await vi.advanceTimersByTimeAsync(500)
    one.keep(content('ab'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'PUT', body: { content: { fields: { title: 'ab' } } } })
    expect(one.kept.value).toBeDefined()
  })

  it('says when it could not be kept, and again when it could', async () => {
    const one = draft()
    answer = () => new Response('{"code":"OVERLOADED"}', { status: 503 })
    one.keep(content('a'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(one.failed.value).toBe(true)
    answer = () => new Response(null, { status: 204 })
    one.keep(content('b'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(one.failed.value).toBe(false)
  })

  it('comes back with the time when it was kept', async () => {
    const one = draft()
    answer = () => new Response(JSON.stringify({ content: content('kept'), time: '2026-11-26T08:00:00Z' }))
    expect((await one.read())?.fields).toEqual({ title: 'kept' })
    expect(one.restored.value).toBe('2026-11-26T08:00:00Z')
  })

  it('is nothing where none was kept or it cannot be read', async () => {
    const one = draft()
    expect(await one.read()).toBeUndefined()
    answer = () => new Response('{}', { status: 500 })
    expect(await one.read()).toBeUndefined()
    expect(one.restored.value).toBeUndefined()
  })

  it('keeps nothing after it was discarded', async () => {
    const one = draft()
    one.keep(content('a'))
    await one.discard()
    await vi.advanceTimersByTimeAsync(5000)
    expect(calls.map((call) => call.method)).toEqual(['DELETE'])
  })
})
