import { describe, expect, it } from 'vitest'
import { stateDiagram } from '@/features/ledger/stateLayout'
import { columnsOf, NODE, placed, type GraphEdge, type GraphNode } from '@/ui'

const node = (id: string): GraphNode => ({ id, title: id, note: '' })
const edge = (from: string, to: string): GraphEdge => ({ from, to, name: `${from}${to}` })

describe('a graph around one node', () => {
  const nodes = ['m', 'a', 'b', 'c', 'd'].map(node)
  const edges = [edge('m', 'a'), edge('b', 'm'), edge('a', 'c'), edge('d', 'b')]

  it('has at the right what the middle refers to and at the left what refers to it', () => {
    expect(Object.fromEntries(columnsOf('m', nodes, edges))).toEqual({ m: 0, a: 1, b: -1, c: 2, d: -2 })
  })

  it('keeps a neighbour’s neighbours on its side, whichever way the line goes', () => {
    expect(columnsOf('m', nodes, [edge('m', 'a'), edge('b', 'a')]).get('b')).toBe(2)
  })

  it('ends in circles and shows what nothing reaches', () => {
    const columns = columnsOf('m', nodes, [edge('m', 'a'), edge('a', 'b'), edge('b', 'm')])
    expect([...columns.keys()].sort()).toEqual(['a', 'b', 'c', 'd', 'm'])
  })

  it('lays no node over another', () => {
    const many = [node('m'), ...Array.from({ length: 20 }, (_, index) => node(`n${index}`))]
    const picture = placed('m', many, many.slice(1).map((one) => edge('m', one.id)))
    const places = picture.nodes.map((one) => `${one.x} ${one.y}`)
    expect(new Set(places).size).toBe(many.length)
    expect(picture.height).toBeGreaterThanOrEqual(20 * NODE.height)
    expect(picture.edges).toHaveLength(20)
  })

  it('leaves out lines to nodes that were not given', () => {
    expect(placed('m', [node('m')], [edge('m', 'gone')]).edges).toEqual([])
  })

  it('stands alone without lines', () => {
    expect(placed('m', [node('m')], [])).toMatchObject({ width: NODE.width, height: NODE.height })
  })
})

describe('a diagram of states', () => {
  const state = (code: string) => ({ code, name: code })
  const act = (from: string[], to: string, name = 'act') => ({ action: name, name, from, to })

  it('goes from the first state by acts; what leads back runs below', () => {
    const picture = stateDiagram([state('A'), state('B'), state('C')], [act(['A'], 'B'), act(['B'], 'C'), act(['C'], 'A')], 'A', ', ')
    expect(picture.boxes.map((box) => box.x)).toEqual([0, 238, 476])
    expect(picture.arrows.map((arrow) => arrow.back)).toEqual([false, false, true])
  })

  it('draws one arrow for several acts between the same states', () => {
    const picture = stateDiagram([state('A'), state('B')], [act(['A'], 'B', 'one'), act(['A'], 'B', 'two')], 'A', ', ')
    expect(picture.arrows.map((arrow) => arrow.name)).toEqual(['one, two'])
  })

  it('shows states that no act reaches', () => {
    expect(stateDiagram([state('A'), state('Z')], [], 'A', ', ').boxes).toHaveLength(2)
  })
})
