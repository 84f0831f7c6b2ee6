import { effectScope, reactive } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tellsSomething, usePrecedents, useSimilar, type Proposal } from '../src/features/duplicate/similar'

const empty: Proposal = { title: '', organisation: null, fields: {} }
const answer = { checked: 3, threshold: 0.5, items: [], hidden: 0 }

describe('similar entries', () => {
  const asked: unknown[] = []
  let status = 200
  let body: unknown = answer

  beforeEach(() => {
    vi.useFakeTimers()
    asked.length = 0
    status = 200
    body = answer
    vi.stubGlobal('fetch', async (_url: string, options: { body: string }) => {
      asked.push(JSON.parse(options.body))
      return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('are not asked for before there is a title', () => {
    expect(tellsSomething(empty)).toBe(false)
    expect(tellsSomething({ ...empty, title: '  河 ' })).toBe(false)
    expect(tellsSomething({ ...empty, title: '河道' })).toBe(true)
  })

  it('are asked for once when the typing pauses', async () => {
    const proposal = reactive({ ...empty })
    const scope = effectScope()
    const similar = scope.run(() => useSimilar(() => 'application', () => proposal))
    proposal.title = '河道'
    await vi.advanceTimersByTimeAsync(100)
    proposal.title = '河道巡查'
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ title: '河道巡查' })
    expect(similar?.answer.value?.checked).toBe(3)
    proposal.title = ''
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    expect(similar?.answer.value).toBeUndefined()
    scope.stop()
  })

  it('stay silent for a ledger that is not compared, and say other problems', async () => {
    status = 409
    body = { code: 'DUPLICATES_NOT_COMPARED', title: '', detail: '' }
    const proposal = reactive({ ...empty, title: '河道巡查' })
    const scope = effectScope()
    const similar = scope.run(() => useSimilar(() => 'norm', () => proposal))
    await vi.advanceTimersByTimeAsync(1000)
    expect(similar?.problem.value).toBeUndefined()
    body = { code: 'DUPLICATES_STARTING', title: '', detail: '' }
    proposal.title = '河道巡查系统'
    await vi.advanceTimersByTimeAsync(1000)
    expect(similar?.problem.value).toMatchObject({ code: 'DUPLICATES_STARTING' })
    scope.stop()
  })
  it('of a request in writing are asked for with what it says so far', async () => {
    body = { datasets: [], requests: [] }
    const draft = reactive({ interface: 'people', application: '', fields: ['name'], purpose: '', matter: '' })
    const scope = effectScope()
    const precedents = scope.run(() => usePrecedents(() => draft))
    await vi.advanceTimersByTimeAsync(1000)
    draft.purpose = '核验资格'
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([{ ...draft, purpose: '' }, { ...draft }])
    expect(precedents?.answer.value).toEqual(body)
    scope.stop()
  })
})
