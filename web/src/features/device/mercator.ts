/**
 * The map's projection: Web Mercator (EPSG:3857), in pixels of a world that is 256 wide at zoom 0
 * and doubles with each step.
 */
import type { Box } from './types'

const WORLD = 256
/** Where the square world ends. */
const MOST_LATITUDE = 85.05112878
export const LEAST_ZOOM = 2
export const MOST_ZOOM = 19

/** Metres of a pixel at the equator at zoom 0. */
const METRES = 40_075_016.686 / WORLD

export interface View {
  lon: number
  lat: number
  zoom: number
}

export interface Point {
  x: number
  y: number
}

export function project(lon: number, lat: number, zoom: number): Point {
  const size = WORLD * 2 ** zoom
  const angle = (clamp(lat, -MOST_LATITUDE, MOST_LATITUDE) * Math.PI) / 180
  return { x: ((lon + 180) / 360) * size, y: ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * size }
}

export function unproject(point: Point, zoom: number): { lon: number; lat: number } {
  const size = WORLD * 2 ** zoom
  return { lon: (point.x / size) * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - (2 * point.y) / size))) * 180) / Math.PI }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/** Where a place stands on a map of that size whose middle is the view's. */
export function placer(view: View, width: number, height: number): (lon: number, lat: number) => Point {
  const middle = project(view.lon, view.lat, view.zoom)
  return (lon, lat) => {
    const at = project(lon, lat, view.zoom)
    return { x: at.x - middle.x + width / 2, y: at.y - middle.y + height / 2 }
  }
}

/** What the map shows. */
export function boxOf(view: View, width: number, height: number): Box {
  const middle = project(view.lon, view.lat, view.zoom)
  const first = unproject({ x: middle.x - width / 2, y: middle.y - height / 2 }, view.zoom)
  const last = unproject({ x: middle.x + width / 2, y: middle.y + height / 2 }, view.zoom)
  return { west: first.lon, north: first.lat, east: last.lon, south: last.lat }
}

/** The view in which the box is seen whole, with a margin. */
export function fit(box: Box, width: number, height: number, margin = 48): View {
  const first = project(box.west, box.north, 0)
  const last = project(box.east, box.south, 0)
  const wide = Math.max(last.x - first.x, 1e-6)
  const tall = Math.max(last.y - first.y, 1e-6)
  const zoom = Math.log2(Math.min(Math.max(width - margin, 1) / wide, Math.max(height - margin, 1) / tall))
  const middle = unproject({ x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 }, 0)
  return { ...middle, zoom: clamp(Math.floor(zoom * 4) / 4, LEAST_ZOOM, 15) }
}

/** The view after the map was moved by so many pixels. */
export function moved(view: View, dx: number, dy: number): View {
  const middle = project(view.lon, view.lat, view.zoom)
  const { lon, lat } = unproject({ x: middle.x - dx, y: middle.y - dy }, view.zoom)
  return { lon: clamp(lon, -180, 180), lat: clamp(lat, -MOST_LATITUDE, MOST_LATITUDE), zoom: view.zoom }
}

/** The view at another zoom in which the place under the given point of the map stays there. */
export function zoomed(view: View, zoom: number, at: Point, width: number, height: number): View {
  const next = clamp(zoom, LEAST_ZOOM, MOST_ZOOM)
  const middle = project(view.lon, view.lat, view.zoom)
  const dx = at.x - width / 2
  const dy = at.y - height / 2
  const place = unproject({ x: middle.x + dx, y: middle.y + dy }, view.zoom)
  const there = project(place.lon, place.lat, next)
  return { ...unproject({ x: there.x - dx, y: there.y - dy }, next), zoom: next }
}

const STEPS = [1, 2, 5]

/** The first of 1, 2, 5, 10, 20 … times a power of ten that is not below the value. */
function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.find((step) => step * power >= value * 0.999) ?? 10) * power
}

/** A length on the ground that is at most so many pixels long, and how long it is. */
export function scaleOf(view: View, most: number): { metres: number; pixels: number } {
  const pixel = (METRES * Math.cos((view.lat * Math.PI) / 180)) / 2 ** view.zoom
  const longest = pixel * most
  const power = 10 ** Math.floor(Math.log10(longest))
  const metres = ([5, 2, 1].find((step) => step * power <= longest) ?? 1) * power
  return { metres, pixels: metres / pixel }
}

/** Where lines of longitude and latitude are drawn, about so many pixels apart. */
export function graticule(view: View, width: number, height: number, apart = 160): { lons: number[]; lats: number[]; digits: number } {
  const box = boxOf(view, width, height)
  const step = Math.min(round((apart * 360) / (WORLD * 2 ** view.zoom)), 20)
  const between = (from: number, to: number): number[] => {
    const first = Math.ceil(from / step)
    return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, n) => (first + n) * step)
  }
  return { lons: between(box.west, box.east), lats: between(box.south, box.north), digits: Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) }
}

/** A view as it stands in an address: `120.0912,30.8671,10.5`. */
export function viewText(view: View): string {
  return `${view.lon.toFixed(5)},${view.lat.toFixed(5)},${Number(view.zoom.toFixed(2))}`
}

/** The view that stands in an address; anything else is none. */
export function viewOf(text: unknown): View | undefined {
  const [lon, lat, zoom, more] = typeof text === 'string' ? text.split(',').map((part) => (part.trim() ? Number(part) : Number.NaN)) : []
  if (lon === undefined || lat === undefined || zoom === undefined || more !== undefined) return undefined
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= MOST_LATITUDE && zoom >= LEAST_ZOOM && zoom <= MOST_ZOOM
  return inside ? { lon, lat, zoom } : undefined
}
