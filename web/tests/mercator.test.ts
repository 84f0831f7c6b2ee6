import { describe, expect, it } from 'vitest'
import { boxOf, fit, graticule, moved, placer, project, scaleOf, unproject, viewOf, viewText, zoomed } from '../src/features/device/mercator'

const HUZHOU = { lon: 120.09, lat: 30.87, zoom: 10 }

describe('the projection', () => {
  it('comes back to where it went from', () => {
    for (const [lon, lat] of [[0, 0], [120.09, 30.87], [-179, 84], [179.9, -60]] as const) {
      const back = unproject(project(lon, lat, 12.5), 12.5)
      expect(back.lon).toBeCloseTo(lon, 8)
      expect(back.lat).toBeCloseTo(lat, 8)
    }
  })

  it('has the world as 256 pixels at zoom 0', () => {
    expect(project(0, 0, 0)).toEqual({ x: 128, y: 128 })
    expect(project(180, -89, 0).y).toBeCloseTo(256, 6)
  })

  it('puts the middle of the view in the middle of the map', () => {
    expect(placer(HUZHOU, 800, 400)(120.09, 30.87)).toEqual({ x: 400, y: 200 })
  })
})

describe('a view', () => {
  it('shows the whole of what it was fitted to', () => {
    const box = { west: 119.2, south: 30.3, east: 120.6, north: 31.2 }
    for (const [width, height] of [[1000, 480], [343, 320]] as const) {
      const seen = boxOf(fit(box, width, height), width, height)
      expect(seen.west).toBeLessThan(box.west)
      expect(seen.south).toBeLessThan(box.south)
      expect(seen.east).toBeGreaterThan(box.east)
      expect(seen.north).toBeGreaterThan(box.north)
    }
  })

  it('fits a single point without going in too far', () => {
    expect(fit({ west: 120, east: 120, south: 30, north: 30 }, 800, 400).zoom).toBe(15)
  })

  it('moves with the hand', () => {
    const after = moved(HUZHOU, 100, -50)
    const at = placer(after, 800, 400)(120.09, 30.87)
    expect(at.x).toBeCloseTo(500, 6)
    expect(at.y).toBeCloseTo(150, 6)
  })

  it('keeps the place under the pointer when it zooms', () => {
    const place = unproject({ x: project(HUZHOU.lon, HUZHOU.lat, 10).x + 200, y: project(HUZHOU.lon, HUZHOU.lat, 10).y - 90 }, 10)
    const at = placer(zoomed(HUZHOU, 12, { x: 600, y: 110 }, 800, 400), 800, 400)(place.lon, place.lat)
    expect(at.x).toBeCloseTo(600, 5)
    expect(at.y).toBeCloseTo(110, 5)
  })

  it('zooms no further than it can', () => {
    expect(zoomed(HUZHOU, 99, { x: 0, y: 0 }, 800, 400).zoom).toBe(19)
    expect(zoomed(HUZHOU, -3, { x: 0, y: 0 }, 800, 400).zoom).toBe(2)
  })

  it('stands in the address and comes back', () => {
    expect(viewOf(viewText(HUZHOU))).toEqual(HUZHOU)
    for (const wrong of [undefined, '', '120,30', '120,30,x', '120,30,99', '999,30,5', '1,2,3,4', ',,']) expect(viewOf(wrong), String(wrong)).toBeUndefined()
  })
})

describe('the frame', () => {
  it('has a scale of a round length that fits', () => {
    const scale = scaleOf(HUZHOU, 100)
    expect(scale.pixels).toBeLessThanOrEqual(100)
    expect(scale.pixels).toBeGreaterThan(35)
    expect([1, 2, 5]).toContain(Number(String(scale.metres)[0]))
  })

  it('draws lines at round degrees within the map', () => {
    const lines = graticule(HUZHOU, 1000, 800)
    expect(lines.lons.length).toBeGreaterThan(2)
    expect(lines.lats.length).toBeGreaterThan(1)
    expect(lines.digits).toBe(1)
    expect(lines.lons.every((lon) => Math.abs(lon * 10 - Math.round(lon * 10)) < 1e-6)).toBe(true)
  })
})
