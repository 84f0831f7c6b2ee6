/** So much goes from one to another. */
export interface FlowLine {
  from: string
  to: string
  value: number
}

/** An end of flows, with its place from the top. */
export interface FlowEnd {
  name: string
  value: number
  top: number
  height: number
}

/** A ribbon between two ends: where it begins and ends, and how thick it is. */
export interface Ribbon {
  from: string
  to: string
  value: number
  top: number
  until: number
  thickness: number
}

const GAP = 10
const LEAST = 30
const FILL = 220

/**
 * Places flows between two columns of ends, the largest first, so that thickness is in proportion
 * to value; an end is never lower than a line of text.
 */
export function placedFlows(flows: readonly FlowLine[]): { height: number; left: FlowEnd[]; right: FlowEnd[]; ribbons: Ribbon[] } {
  const all = flows.filter((flow) => flow.value > 0)
  const total = all.reduce((sum, flow) => sum + flow.value, 0)
  const scale = total ? FILL / total : 0
  const left = column(all, (flow) => flow.from, scale)
  const right = column(all, (flow) => flow.to, scale)
  const height = Math.max(heightOf(left), heightOf(right))
  for (const ends of [left, right]) {
    const shift = (height - heightOf(ends)) / 2
    for (const end of ends) end.top += shift
  }
  const used = new Map<FlowEnd, number>()
  const place = (ends: FlowEnd[], name: string, thickness: number): number => {
    const end = ends.find((one) => one.name === name)
    if (!end) return 0
    const before = used.get(end) ?? (end.height - end.value * scale) / 2
    used.set(end, before + thickness)
    return end.top + before
  }
  const order = new Map(right.map((end, index) => [end.name, index]))
  const ribbons = [...all]
    .sort((a, b) => rank(left, a.from) - rank(left, b.from) || (order.get(a.to) ?? 0) - (order.get(b.to) ?? 0))
    .map((flow) => {
      const thickness = flow.value * scale
      return { ...flow, thickness, top: place(left, flow.from, thickness), until: place(right, flow.to, thickness) }
    })
  return { height, left, right, ribbons }
}

const rank = (ends: FlowEnd[], name: string): number => ends.findIndex((end) => end.name === name)
const heightOf = (ends: FlowEnd[]): number => ends.reduce((sum, end) => sum + end.height, 0) + Math.max(0, ends.length - 1) * GAP

function column(flows: readonly FlowLine[], of: (flow: FlowLine) => string, scale: number): FlowEnd[] {
  const values = new Map<string, number>()
  for (const flow of flows) values.set(of(flow), (values.get(of(flow)) ?? 0) + flow.value)
  let top = 0
  return [...values.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, value]) => {
      const height = Math.max(LEAST, value * scale)
      const end = { name, value, top, height }
      top += height + GAP
      return end
    })
}
