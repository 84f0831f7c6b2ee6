import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiProblem, get, listen, type Live, type LivePoint } from '@/api'

/** Points of which gateways tell a little late are not shown yet. */
const LATE = 2
const RETRY = 5000

/**
 * The points after new ones came: each time once, the oldest first, and none older than the window,
 * so that their number is bounded however long a page stays open.
 */
export function merged(points: readonly LivePoint[], fresh: readonly LivePoint[], now: number, minutes: number): LivePoint[] {
  const byTime = new Map(points.map((point) => [point.time, point]))
  for (const point of fresh) byTime.set(point.time, point)
  return [...byTime.values()].filter((point) => point.time >= now - minutes * 60).sort((a, b) => a.time - b.time)
}

/** What the curves show, step by step; nothing where no gateway told anything. */
export interface Curves {
  times: number[]
  calls: (number | null)[]
  refused: (number | null)[]
  p50: (number | null)[]
  p99: (number | null)[]
}

/** The curves of a window that ends now; calls and refusals a second. */
export function curves(points: readonly LivePoint[], now: number, minutes: number, step: number): Curves {
  const byTime = new Map(points.map((point) => [point.time, point]))
  const drawn: Curves = { times: [], calls: [], refused: [], p50: [], p99: [] }
  const last = Math.floor((now - LATE) / step) * step - (step > 1 ? step : 0)
  for (let time = last - minutes * 60 + step; time <= last; time += step) {
    const point = byTime.get(time)
    drawn.times.push(time)
    drawn.calls.push(point ? point.calls / step : null)
    drawn.refused.push(point ? point.refused / step : null)
    drawn.p50.push(point?.p50 ?? null)
    drawn.p99.push(point?.p99 ?? null)
  }
  return drawn
}

export type Connection = 'connecting' | 'live' | 'broken' | 'paused'

/** Follows what goes through the gateways for as long as the page is there. */
export function useLive(minutes: Ref<number>) {
  const live = shallowRef<Live>()
  const points = shallowRef<LivePoint[]>([])
  const connection = ref<Connection>('connecting')
  const problem = shallowRef<ApiProblem>()
  let close: (() => void) | undefined
  let timer = 0

  function receive(event: Live): void {
    points.value = merged(points.value, event.points, event.now, event.minutes)
    live.value = event
    connection.value = 'live'
    problem.value = undefined
  }

  function stop(): void {
    clearTimeout(timer)
    close?.()
    close = undefined
  }

  function start(): void {
    stop()
    connection.value = 'connecting'
    close = listen<Live>('/gateways/live', 'live', { minutes: String(minutes.value) }, {
      receive,
      broken: () => (connection.value = 'broken'),
      over: () => void over(),
    })
  }

  /** The browser gave up: a plain request says why, and whether to try again. */
  async function over(): Promise<void> {
    connection.value = 'broken'
    close = undefined
    timer = window.setTimeout(start, RETRY)
    try {
      await get('/gateways')
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure
      if (failure.status === 401 || failure.status === 403) {
        stop()
        problem.value = failure
      }
    }
  }

  watch(minutes, () => {
    points.value = []
    live.value = undefined
    if (connection.value !== 'paused') start()
  })
  start()
  onScopeDispose(stop)

  return {
    live, points, connection, problem,
    pause: () => {
      stop()
      connection.value = 'paused'
    },
    resume: start,
  }
}
