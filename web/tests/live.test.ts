import { describe, expect, it } from 'vitest'
import type { LivePoint } from '@/api'
import { curves, merged } from '@/features/gateway/live'
import { callIdentifier, placedFlows } from '@/ui'

const point = (time: number, calls: number): LivePoint => ({ time, calls, refused: 0, bytes: 0, p50: 1, p99: 2 })

describe('live points', () => {
  it('take later news of the same second and forget what is older than the window', () => {
    const points = merged([point(10, 1), point(100, 5), point(101, 6)], [point(101, 7), point(102, 8)], 103, 1)
    expect(points.map((one) => [one.time, one.calls])).toEqual([[100, 5], [101, 7], [102, 8]])
  })

  it('stay bounded however long they come', () => {
    let points: LivePoint[] = []
    for (let now = 0; now < 10_000; now++) points = merged(points, [point(now, 1)], now, 5)
    expect(points.length).toBeLessThanOrEqual(301)
  })

  it('become curves without a line where nothing was told', () => {
    const drawn = curves([point(1000, 10), point(1020, 30)], 1042, 1, 10)
    expect(drawn.times).toEqual([980, 990, 1000, 1010, 1020, 1030])
    expect(drawn.calls).toEqual([null, null, 1, null, 3, null])
  })
})

describe('flows', () => {
  it('are as thick as their part and stay within their ends', () => {
    const { left, right, ribbons, height } = placedFlows([
      { from: 'a', to: 'x', value: 60 },
      { from: 'a', to: 'y', value: 20 },
      { from: 'b', to: 'x', value: 20 },
      { from: 'c', to: 'x', value: 0 },
    ])
    expect(left.map((end) => end.name)).toEqual(['a', 'b'])
    expect(right.map((end) => end.value)).toEqual([80, 20])
    expect(ribbons).toHaveLength(3)
    for (const ribbon of ribbons) {
      const end = left.find((one) => one.name === ribbon.from)
      expect(ribbon.top).toBeGreaterThanOrEqual((end?.top ?? Infinity) - 0.01)
      expect(ribbon.top + ribbon.thickness).toBeLessThanOrEqual((end?.top ?? 0) + (end?.height ?? 0) + 0.01)
      expect(ribbon.until + ribbon.thickness).toBeLessThanOrEqual(height + 0.01)
    }
  })

  it('are nothing when there are none', () => expect(placedFlows([]).height).toBe(0))
})

describe('an identifier of a call', () => {
  it('is known by its form', () => {
    expect(callIdentifier(' 01A21A61-3087-7bf2-bfe5-3713fc2c1526 ')).toBe('01a21a61-3087-7bf2-bfe5-3713fc2c1526')
    expect(callIdentifier('01a21a61-3087-4bf2-bfe5-3713fc2c1526')).toBeUndefined()
    expect(callIdentifier('人口')).toBeUndefined()
  })
})
