import { describe, expect, it } from 'vitest'
import type { TraceEntry } from '@/api'
import { growthOf } from '@/features/trace/logs'
import { daysOf, pageOf } from '@/features/trace/timeline'

let last = 0
function entry(time: string, kind: string, detail: Record<string, string> = {}, outcome = 'OK'): TraceEntry {
  return { id: String(++last), time, kind, actor: 'app', actorName: null, organisation: null, action: 'call', object: 'interface:x', objectName: null, outcome, detail, origin: '', index: null }
}
const call = (time: string, grant: string, rows = '10', outcome = 'OK'): TraceEntry => entry(time, 'CALL', { grant, rows }, outcome)

describe('a timeline', () => {
  it('folds calls of one grant in a row and sums them', () => {
    const days = daysOf([call('2026-11-20T05:00:00Z', 'g'), call('2026-11-20T04:00:00Z', 'g', '32'), call('2026-11-20T03:00:00Z', 'g', '0', 'QUOTA_EXCEEDED')])
    expect(days).toHaveLength(1)
    expect(days[0]?.lines).toHaveLength(1)
    expect(days[0]?.lines[0]?.fold).toMatchObject({ refused: 1, rows: 42 })
    expect(days[0]?.lines[0]?.fold?.entries).toHaveLength(3)
  })

  it('does not fold across grants, other records, or few calls', () => {
    const lines = daysOf([call('2026-11-20T05:00:00Z', 'g'), call('2026-11-20T04:00:00Z', 'g'), call('2026-11-20T03:00:00Z', 'h'), entry('2026-11-20T02:00:00Z', 'CHANGE'), call('2026-11-20T01:00:00Z', 'h'), call('2026-11-20T00:30:00Z', 'h')])[0]?.lines
    expect(lines).toHaveLength(6)
    expect(lines?.every((line) => line.fold === undefined)).toBe(true)
  })

  it('does not fold calls without a grant', () => {
    expect(daysOf([call('2026-11-20T05:00:00Z', ''), call('2026-11-20T04:00:00Z', ''), call('2026-11-20T03:00:00Z', '')])[0]?.lines).toHaveLength(3)
  })

  it('begins a new day at midnight in the city, and folds each day by itself', () => {
    const days = daysOf(['2026-11-20T17:00:00Z', '2026-11-20T16:30:00Z', '2026-11-20T16:00:00Z', '2026-11-20T15:59:00Z'].map((time) => call(time, 'g')))
    expect(days.map((one) => [one.day, one.lines.length])).toEqual([['2026-11-21', 1], ['2026-11-20', 1]])
    expect(days[0]?.lines[0]?.fold?.entries).toHaveLength(3)
  })

  it('leads back to the page of its thing', () => {
    expect(pageOf('GRANT', 'x').to).toBe('/grants/x')
    expect(pageOf('PERSON', 'a.b').to).toBe('/settings/people?q=a.b')
  })
})

describe('the growth of a log', () => {
  it('is told by the minute', () => {
    expect(growthOf(100, 160, 30_000)).toEqual({ added: 60, perMinute: 120 })
    expect(growthOf(100, 100, 0)).toEqual({ added: 0, perMinute: 0 })
  })
})
