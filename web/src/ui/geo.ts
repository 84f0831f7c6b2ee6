import type { GeometryValue, Position } from '@/api'

/** A part of the earth between meridians and parallels, in degrees. */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** A place with a name, to find one's way on a plain map. */
export interface NamedPlace {
  name: string
  at: Position
}

/** All positions of a geometry, in their order. */
export function positionsOf(geometry: GeometryValue | null | undefined): Position[] {
  switch (geometry?.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'LineString':
      return geometry.coordinates
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
    default:
      return []
  }
}

/** The lines of a geometry: one for each line and ring. */
export function linesOf(geometry: GeometryValue | null | undefined): Position[][] {
  switch (geometry?.type) {
    case 'LineString':
      return [geometry.coordinates]
    case 'Polygon':
      return geometry.coordinates
    case 'MultiPolygon':
      return geometry.coordinates.flat()
    default:
      return []
  }
}

/** The smallest box around positions, at least `least` degrees wide and high, with a margin of a tenth. */
export function boxAround(positions: readonly Position[], least = 0.05): Box | undefined {
  if (!positions.length) return undefined
  const xs = positions.map((one) => one[0])
  const ys = positions.map((one) => one[1])
  const side = (low: number, high: number): [number, number] => {
    const half = Math.max((high - low) * 0.6, least / 2)
    return [(low + high) / 2 - half, (low + high) / 2 + half]
  }
  const [west, east] = side(Math.min(...xs), Math.max(...xs))
  const [south, north] = side(Math.min(...ys), Math.max(...ys))
  return { west, south, east, north }
}

/** A box of the same centre, wider by the factor; it never leaves the earth. */
export function zoomed(box: Box, factor: number, at?: Position): Box {
  const [x, y] = at ?? [(box.west + box.east) / 2, (box.south + box.north) / 2]
  const halfX = Math.min(((box.east - box.west) / 2) * factor, 180)
  const halfY = Math.min(((box.north - box.south) / 2) * factor, 85)
  const centreX = Math.min(Math.max(x, -180 + halfX), 180 - halfX)
  const centreY = Math.min(Math.max(y, -85 + halfY), 85 - halfY)
  return { west: centreX - halfX, east: centreX + halfX, south: centreY - halfY, north: centreY + halfY }
}

/** Between degrees and places on a sheet. */
export interface Projection {
  to: (position: Position) => [number, number]
  from: (x: number, y: number) => Position
}

/** Equirectangular, true along the middle parallel; the box fits in the sheet and stands in its middle. */
export function projection(box: Box, width: number, height: number): Projection {
  const shrink = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180)
  const scale = Math.min(width / ((box.east - box.west) * shrink), height / (box.north - box.south))
  const middleX = (box.west + box.east) / 2
  const middleY = (box.south + box.north) / 2
  return {
    to: ([x, y]) => [width / 2 + (x - middleX) * shrink * scale, height / 2 - (y - middleY) * scale],
    from: (x, y) => [middleX + (x - width / 2) / (shrink * scale), middleY - (y - height / 2) / scale],
  }
}

const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

/** Round degrees from one to another, about five of them. */
export function graduations(from: number, to: number): number[] {
  const step = STEPS.find((one) => (to - from) / one >= 4) ?? 0.001
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toFixed(4)))
}

const DEPTHS = { Point: 0, LineString: 1, Polygon: 2, MultiPolygon: 3 } as const

function fits(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || !value.length) return false
  if (depth > 0) return value.every((one) => fits(one, depth - 1))
  const [x, y] = value as unknown[]
  return value.length === 2 && typeof x === 'number' && typeof y === 'number' && Math.abs(x) <= 180 && Math.abs(y) <= 90
}

/** Reads a GeoJSON geometry, or the geometry of a GeoJSON feature; nothing when the text is none. */
export function readGeometry(text: string): GeometryValue | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  const one = (given as { geometry?: unknown } | null)?.geometry ?? given
  const { type, coordinates } = (one ?? {}) as { type?: string; coordinates?: unknown }
  if (!type || !(type in DEPTHS) || !fits(coordinates, DEPTHS[type as keyof typeof DEPTHS])) return undefined
  return { type, coordinates } as GeometryValue
}

/** A number of degrees as people write it: at most six digits after the point. */
export function degrees(value: number): number {
  return Number(value.toFixed(6))
}
