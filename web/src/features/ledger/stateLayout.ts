import type { LedgerState, LedgerTransition } from '@/api'

export interface StateBox {
  state: LedgerState
  x: number
  y: number
}

export interface StateArrow {
  path: string
  at: [number, number]
  name: string
  back: boolean
}

export const BOX = { width: 128, height: 40, across: 110, down: 26 }

/** States in columns by how many acts they are from the first one; arrows that go back run below the boxes. */
export function stateDiagram(states: readonly LedgerState[], transitions: readonly LedgerTransition[], initial: string, join: string): { boxes: StateBox[]; arrows: StateArrow[]; width: number; height: number } {
  const column = new Map([[initial, 0]])
  const front = [initial]
  for (let index = 0; index < front.length; index++) {
    const from = front[index] ?? ''
    for (const one of transitions) {
      if (!one.from.includes(from) || column.has(one.to)) continue
      column.set(one.to, (column.get(from) ?? 0) + 1)
      front.push(one.to)
    }
  }
  const last = Math.max(0, ...column.values()) + 1
  const rows = new Map<number, number>()
  const boxes = states.map((state) => {
    const at = column.get(state.code) ?? last
    const row = rows.get(at) ?? 0
    rows.set(at, row + 1)
    return { state, x: at * (BOX.width + BOX.across), y: row * (BOX.height + BOX.down) }
  })
  const bottom = Math.max(1, ...rows.values()) * (BOX.height + BOX.down) - BOX.down
  const places = new Map(boxes.map((box) => [box.state.code, box]))
  let below = 0
  const arrows = merged(transitions, join).flatMap(({ from, to, name }): StateArrow[] => {
    const [start, end] = [places.get(from), places.get(to)]
    if (!start || !end) return []
    if (end.x > start.x) return [forward(start, end, name)]
    if (end.x === start.x && end !== start) return [aside(start, end, name)]
    below++
    return [backward(start, end, name, bottom + below * 22)]
  })
  return { boxes, arrows, width: Math.max(...boxes.map((box) => box.x)) + BOX.width, height: bottom + (below ? below * 22 + 8 : 0) }
}

/** One arrow for all acts from one state to another. */
function merged(transitions: readonly LedgerTransition[], join: string): { from: string; to: string; name: string }[] {
  const arrows = new Map<string, { from: string; to: string; name: string }>()
  for (const one of transitions) {
    for (const from of one.from) {
      const known = arrows.get(`${from} ${one.to}`)
      arrows.set(`${from} ${one.to}`, { from, to: one.to, name: known ? known.name + join + one.name : one.name })
    }
  }
  return [...arrows.values()]
}

function forward(start: StateBox, end: StateBox, name: string): StateArrow {
  const [x1, y1, x2, y2] = [start.x + BOX.width, start.y + BOX.height / 2, end.x, end.y + BOX.height / 2]
  const bend = Math.min((x2 - x1) / 2, BOX.across / 2)
  return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, at: [x1 + BOX.across / 2, (y1 + y2) / 2 - 6], name, back: false }
}

/** Between states of one column, at their right side. */
function aside(start: StateBox, end: StateBox, name: string): StateArrow {
  const x = start.x + BOX.width
  const [y1, y2] = [start.y + BOX.height / 2 + 8, end.y + BOX.height / 2 - 8]
  return { path: `M${x} ${y1}C${x + 30} ${y1} ${x + 30} ${y2} ${x} ${y2}`, at: [x + 30, (y1 + y2) / 2 + 4], name, back: false }
}

function backward(start: StateBox, end: StateBox, name: string, y: number): StateArrow {
  const [x1, y1, x2, y2] = [start.x + BOX.width / 2 + 14, start.y + BOX.height, end.x + BOX.width / 2 - 14, end.y + BOX.height]
  return { path: `M${x1} ${y1}C${x1} ${y} ${x1} ${y} ${x1 - 24} ${y}L${x2 + 24} ${y}C${x2} ${y} ${x2} ${y} ${x2} ${y2}`, at: [(x1 + x2) / 2, y - 5], name, back: true }
}
