/** A node of a graph as it was read, and the lines between nodes. */
export interface GraphNode {
  id: string
  title: string
  note: string
  to?: string | null
}

export interface GraphEdge {
  from: string
  to: string
  name: string
}

export interface PlacedNode extends GraphNode {
  x: number
  y: number
  /** Steps from the middle: positive where it refers to, negative where it is referred to from. */
  column: number
}

export interface PlacedEdge extends GraphEdge {
  path: string
  /** Where its name stands. */
  at: [number, number]
}

export interface GraphPicture {
  nodes: PlacedNode[]
  edges: PlacedEdge[]
  width: number
  height: number
}

export const NODE = { width: 176, height: 46, across: 84, down: 14 }

/**
 * How far each node is from the middle one. What the middle refers to stands at its right, what
 * refers to it at its left; whoever is reached through a side stays on that side. Nodes that
 * nothing reaches stand at the far right.
 */
export function columnsOf(middle: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
  const columns = new Map([[middle, 0]])
  let front = [middle]
  while (front.length) {
    const next: string[] = []
    for (const id of front) {
      const at = columns.get(id) ?? 0
      for (const edge of edges) {
        const other = edge.from === id ? edge.to : edge.to === id ? edge.from : undefined
        if (other === undefined || columns.has(other)) continue
        const side = at === 0 ? (edge.from === id ? 1 : -1) : Math.sign(at)
        columns.set(other, at + side)
        next.push(other)
      }
    }
    front = next
  }
  const last = Math.max(0, ...columns.values()) + 1
  for (const node of nodes) if (!columns.has(node.id)) columns.set(node.id, last)
  return columns
}

/** Nodes of a column in an order that keeps lines short: by the mean place of their neighbours nearer to the middle. */
function ordered(ids: string[], nearer: Map<string, number>, edges: readonly GraphEdge[]): string[] {
  const weight = (id: string): number => {
    const places = edges.flatMap((edge) => {
      const other = edge.from === id ? edge.to : edge.to === id ? edge.from : undefined
      const place = other === undefined ? undefined : nearer.get(other)
      return place === undefined ? [] : [place]
    })
    return places.length ? places.reduce((sum, one) => sum + one, 0) / places.length : Number.MAX_SAFE_INTEGER
  }
  const weights = new Map(ids.map((id) => [id, weight(id)]))
  return [...ids].sort((left, right) => (weights.get(left) ?? 0) - (weights.get(right) ?? 0))
}

/** Places a graph in columns around its middle node. */
export function placed(middle: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphPicture {
  const columns = columnsOf(middle, nodes, edges)
  const byColumn = new Map<number, string[]>()
  for (const node of nodes) {
    const column = columns.get(node.id) ?? 0
    byColumn.set(column, [...(byColumn.get(column) ?? []), node.id])
  }
  const numbers = [...byColumn.keys()].sort((left, right) => left - right)
  const tallest = Math.max(1, ...[...byColumn.values()].map((ids) => ids.length))
  const step = NODE.height + NODE.down
  const height = tallest * step - NODE.down
  const places = new Map<string, { x: number; y: number; column: number }>()
  const rows = new Map<string, number>()
  for (const column of [...numbers].sort((left, right) => Math.abs(left) - Math.abs(right))) {
    const ids = ordered(byColumn.get(column) ?? [], rows, edges)
    const top = (height - (ids.length * step - NODE.down)) / 2
    const x = numbers.indexOf(column) * (NODE.width + NODE.across)
    ids.forEach((id, index) => {
      places.set(id, { x, y: top + index * step, column })
      rows.set(id, top + index * step)
    })
  }
  return {
    nodes: nodes.map((node) => ({ ...node, ...(places.get(node.id) ?? { x: 0, y: 0, column: 0 }) })),
    edges: edges.flatMap((edge) => {
      const from = places.get(edge.from)
      const to = places.get(edge.to)
      return from && to ? [{ ...edge, ...drawn(from, to) }] : []
    }),
    width: numbers.length * (NODE.width + NODE.across) - NODE.across,
    height,
  }
}

function drawn(from: { x: number; y: number }, to: { x: number; y: number }): { path: string; at: [number, number] } {
  const y1 = from.y + NODE.height / 2
  const y2 = to.y + NODE.height / 2
  if (from.x === to.x) {
    const x = from.x + NODE.width
    return { path: `M${x} ${y1}C${x + 46} ${y1} ${x + 46} ${y2} ${x} ${y2}`, at: [x + 38, (y1 + y2) / 2] }
  }
  const right = to.x > from.x
  const x1 = right ? from.x + NODE.width : from.x
  const x2 = right ? to.x : to.x + NODE.width
  const bend = (x2 - x1) / 2
  return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, at: [(x1 + x2) / 2, (y1 + y2) / 2] }
}
