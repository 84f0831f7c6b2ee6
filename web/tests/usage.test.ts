import { describe, expect, it } from 'vitest'
import type { UseDay } from '@/features/usage/types'
import { byHour, everyDay } from '@/features/usage/words'

const day = (date: string, hour: number, calls: number): UseDay => ({
  day: date, answered: calls, refused: 0, empty: 0, rows: calls, subjects: calls, withMatter: calls, inHours: calls, addresses: 1, keys: 1, matters: [], hours: Array.from({ length: 24 }, (_, index) => (index === hour ? calls : 0)), verdict: 'PLAUSIBLE', reasons: [],
})

describe('the use of a grant', () => {
  it('has every day up to the last, with calls or without', () => {
    const all = everyDay([day('2026-11-30', 9, 4)], '2026-12-01', 3)
    expect(all.map((one) => one.day)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01'])
    expect(all.map((one) => one.use?.answered ?? null)).toEqual([null, 4, null])
  })

  it('sums calls by day of the week and hour, Monday first', () => {
    const week = byHour([day('2026-11-30', 9, 4), day('2026-11-23', 9, 2), day('2026-11-29', 23, 1)])
    expect(week[0]?.[9]).toBe(6)
    expect(week[6]?.[23]).toBe(1)
    expect(week.flat().reduce((sum, calls) => sum + calls, 0)).toBe(7)
  })
})
