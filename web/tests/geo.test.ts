import { describe, expect, it } from 'vitest'
import { boxAround, graduations, positionsOf, projection, readGeometry, zoomed } from '@/ui'

describe('a plain map', () => {
  const box = { west: 119, south: 30, east: 121, north: 31 }

  it('goes from degrees to the sheet and back', () => {
    const map = projection(box, 520, 260)
    const [x, y] = map.to([120.1, 30.9])
    const [longitude, latitude] = map.from(x, y)
    expect(longitude).toBeCloseTo(120.1, 9)
    expect(latitude).toBeCloseTo(30.9, 9)
    expect(map.to([120, 30.5])).toEqual([260, 130])
  })

  it('has north above and east at the right', () => {
    const map = projection(box, 520, 260)
    expect(map.to([120, 31])[1]).toBeLessThan(map.to([120, 30])[1])
    expect(map.to([121, 30])[0]).toBeGreaterThan(map.to([119, 30])[0])
  })

  it('is drawn around what it shows, never as small as a point', () => {
    const around = boxAround([[120, 30]])
    expect((around?.east ?? 0) - (around?.west ?? 0)).toBeCloseTo(0.05)
    expect(boxAround([])).toBeUndefined()
  })

  it('stays on the earth', () => {
    expect(zoomed(box, 1000)).toEqual({ west: -180, south: -85, east: 180, north: 85 })
    expect(zoomed({ west: 170, south: 0, east: 180, north: 10 }, 2).east).toBeLessThanOrEqual(180)
  })

  it('has round degrees along its sides', () => {
    expect(graduations(119, 121)).toEqual([119, 119.5, 120, 120.5, 121])
    expect(graduations(120.01, 120.06)).toEqual([120.01, 120.02, 120.03, 120.04, 120.05, 120.06])
  })
})

describe('a pasted geometry', () => {
  it('is read with its kind, also out of a feature', () => {
    expect(readGeometry('{"type":"LineString","coordinates":[[120,30],[121,31]]}')).toEqual({ type: 'LineString', coordinates: [[120, 30], [121, 31]] })
    expect(readGeometry('{"type":"Feature","geometry":{"type":"Point","coordinates":[120,30]}}')?.type).toBe('Point')
  })

  it.each(['', 'text', '[]', 'null', '{"type":"Circle","coordinates":[1,2]}', '{"type":"Point","coordinates":[200,30]}', '{"type":"Point","coordinates":["120","30"]}', '{"type":"Polygon","coordinates":[[120,30]]}', '{"type":"Point","coordinates":[1,2,3]}', '{"type":"LineString","coordinates":[]}'])('is refused when it is none: %s', (text) => {
    expect(readGeometry(text)).toBeUndefined()
  })

  it('counts its positions', () => {
    expect(positionsOf({ type: 'Polygon', coordinates: [[[1, 2], [3, 4], [1, 2]]] })).toHaveLength(3)
    expect(positionsOf(null)).toEqual([])
  })
})
