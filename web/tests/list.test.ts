import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { ApiProblem, type Page, type Query } from '@/api'
import { useList, type List } from '@/ui'

const TOTAL = 50
let asked: Query[]
let router: Router
let list: List<number>
let answer: (query: Query) => Promise<Page<number>>

/** Fifty numbers, paged by a cursor that is opaque to the pages. */
function page(query: Query): Promise<Page<number>> {
  const from = Number(String(query['after'] ?? 'c0').slice(1))
  const items = Array.from({ length: Math.min(Number(query['limit']), TOTAL - from) }, (_, index) => from + index)
  const end = from + items.length
  return Promise.resolve({ items, total: TOTAL, next: end < TOTAL ? `c${end}` : null })
}

async function open(address: string): Promise<void> {
  const component = defineComponent({
    setup: () => {
      list = useList<number>({
        path: () => '/numbers',
        filters: ['state'],
        sort: '-updated',
        read: (query) => {
          asked.push(query)
          return answer(query)
        },
      })
    },
    template: '<i />',
  })
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/list', component }, { path: '/other', component: { template: '<i />' } }] })
  await router.push(address)
  mount(component, { global: { plugins: [router] } })
  await flushPromises()
}

describe('a list', () => {
  beforeEach(() => {
    asked = []
    answer = page
  })

  it('asks for the first page in the sort it was given', async () => {
    await open('/list')
    expect(asked).toEqual([{ sort: '-updated', limit: 20, after: undefined }])
    expect([list.total.value, list.offset.value, list.hasNext.value, list.first.value]).toEqual([TOTAL, 0, true, false])
  })

  it('goes on and back by cursors that stand in the address', async () => {
    await open('/list')
    list.toNext()
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ after: 'c20', at: '20' })
    list.toNext()
    await flushPromises()
    expect([list.rows.value.length, list.hasNext.value]).toEqual([10, false])
    list.toPrevious()
    await flushPromises()
    expect([list.offset.value, list.rows.value[0]]).toEqual([20, 20])
    list.toPrevious()
    await flushPromises()
    expect([list.offset.value, router.currentRoute.value.query]).toEqual([0, {}])
  })

  it('opens the page that an address names, and goes to the first from there', async () => {
    await open('/list?after=c40&at=40&state=DRAFT')
    expect(asked[0]).toMatchObject({ after: 'c40', state: 'DRAFT' })
    list.toPrevious()
    await flushPromises()
    expect([list.offset.value, list.filters.value]).toEqual([0, { state: 'DRAFT' }])
  })

  it('begins again when a filter or the sort changes', async () => {
    await open('/list?after=c20&at=20')
    list.filter({ state: 'LIVE' })
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ state: 'LIVE' })
    list.sortBy('title')
    await flushPromises()
    expect(asked.at(-1)).toMatchObject({ state: 'LIVE', sort: 'title', after: undefined })
    list.clear()
    await flushPromises()
    expect(list.filtered.value).toBe(false)
  })

  it('ignores names it does not know and limits that are too large', async () => {
    await open('/list?evil=1&limit=5000')
    expect(asked[0]).toEqual({ sort: '-updated', limit: 200, after: undefined })
  })

  it('never lets an older answer overwrite a newer one', async () => {
    let late: (value: Page<number>) => void = () => undefined
    answer = () => new Promise((resolve) => (late = resolve))
    await open('/list')
    answer = page
    list.filter({ state: 'LIVE' })
    await flushPromises()
    late({ items: [999], total: 1, next: null })
    await flushPromises()
    expect(list.total.value).toBe(TOTAL)
  })

  it('keeps a failure until it reads again', async () => {
    answer = () => Promise.reject(new ApiProblem(503, 'X', '', ''))
    await open('/list')
    expect(list.problem.value).toBeInstanceOf(ApiProblem)
    answer = page
    await list.reload()
    expect([list.problem.value, list.rows.value.length]).toEqual([undefined, 20])
  })

  it('asks nothing more once its page was left', async () => {
    await open('/list')
    await router.push('/other?state=LIVE')
    await flushPromises()
    expect(asked).toHaveLength(1)
  })
})
