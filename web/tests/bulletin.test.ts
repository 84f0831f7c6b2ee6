import { describe, expect, it } from 'vitest'
import { formatPoints, lookOf, monthsBack, wordOf } from '@/features/bulletin/words'

describe('words of bulletins', () => {
  it('gives changes of a share their sign, in points', () => {
    expect(formatPoints(0.0123)).toBe('+1.2')
    expect(formatPoints(-0.25)).toBe('-25.0')
    expect(formatPoints(-0.0001)).toBe('0.0')
    expect(formatPoints(0)).toBe('0.0')
    expect(formatPoints(null)).toBe('–')
  })

  it('counts months backwards over the turn of a year', () => {
    expect(monthsBack('2026-02-28', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
  })

  it('shows what is overdue before its state, and what is not sent before both', () => {
    expect(lookOf({ state: 'ACKNOWLEDGED', overdue: true, leftOut: false })).toBe('OVERDUE')
    expect(lookOf({ state: 'ACCEPTED', overdue: false, leftOut: false })).toBe('APPROVED')
    expect(lookOf({ state: 'DRAFT', overdue: false, leftOut: true })).toBe('NONE')
    expect(wordOf({ state: 'DRAFT', leftOut: true })).toBe('bulletin.state.LEFT_OUT')
  })
})
