import { describe, expect, it } from 'vitest'
import { byCategory } from '@/features/ledger/categories'
import { filterNames, filterString, queryOf, viewQuery } from '@/features/ledger/query'

describe('the address of a ledger’s list', () => {
  it('names the filters of fields beside the common ones', () => {
    expect(filterNames({ 'f.kind': 'WEB', q: 'x', after: 'c', tab: 'y' })).toEqual(['organisation', 'state', 'standardised', 'finding', 'removed', 'f.kind'])
  })

  it('keeps in a saved view filters, words and sort, not the place in the list', () => {
    const view = viewQuery({ state: 'LIVE', 'f.kind': 'WEB', q: '人口 a&b', sort: '-updated', after: 'c20', at: '20', facets: 'open', limit: '50' })
    expect(queryOf(view)).toEqual({ state: 'LIVE', 'f.kind': 'WEB', q: '人口 a&b', sort: '-updated' })
  })

  it('gives the same view for the same filters in any order', () => {
    expect(viewQuery({ q: 'a', state: 'LIVE' })).toBe(viewQuery({ state: 'LIVE', q: 'a' }))
    expect(viewQuery({})).toBe('')
  })

  it('takes nothing else out of a saved view', () => {
    expect(queryOf('state=LIVE&next=//evil&after=c')).toEqual({ state: 'LIVE' })
  })

  it('tells a bulk change the filters alone', () => {
    expect(filterString({ q: 'a b', 'f.kind': 'WEB' })).toBe('f.kind=WEB&q=a+b')
  })
})

describe('the list of ledgers', () => {
  const one = (id: string, category: string | null) => ({ id, name: id, category, entries: 1, standardised: 0, rate: 0 })
  const ALL = [one('a', null), one('b', 'People'), one('c', 'Systems'), one('d', 'People')]

  it('stands under its headings, those without one last', () => {
    expect(byCategory(ALL, '', 'Others').map((part) => [part.name, part.ledgers.map((ledger) => ledger.id)])).toEqual([['People', ['b', 'd']], ['Systems', ['c']], ['Others', ['a']]])
  })

  it('is found by words of the name or the heading', () => {
    expect(byCategory(ALL, ' PEO ', 'Others').map((part) => part.ledgers.length)).toEqual([2])
    expect(byCategory(ALL, 'nothing', 'Others')).toEqual([])
  })
})
