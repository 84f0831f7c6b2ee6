import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { download, get, type Page, type Query } from '@/api'

export interface ListOptions<Row> {
  path: () => string
  /** Names of the filters that may stand in the address. */
  filters?: readonly string[] | (() => readonly string[])
  /** What is always asked, whatever the filters. */
  fixed?: () => Query
  /** Sort without a choice: `field` or `-field`. */
  sort?: string
  /** Rows on a page without a choice. */
  limit?: number
  /** Put before each name in the address, when a page has more than one list. */
  prefix?: string
  /** Fits the answer, where it is no plain page of rows. */
  read?: (query: Query, signal: AbortSignal) => Promise<Page<Row>>
}

/** A list of the server as one page shows it. All its choices are in the address. */
export interface List<Row> {
  rows: ShallowRef<Row[]>
  total: Ref<number>
  problem: ShallowRef<unknown>
  /** Nothing has been read yet. */
  first: Ref<boolean>
  busy: Ref<boolean>
  filters: ComputedRef<Record<string, string>>
  filtered: ComputedRef<boolean>
  sort: ComputedRef<string | undefined>
  limit: ComputedRef<number>
  /** How many rows come before this page. */
  offset: ComputedRef<number>
  hasNext: ComputedRef<boolean>
  filter: (changes: Record<string, string | undefined>) => void
  clear: () => void
  sortBy: (field: string | undefined) => void
  setLimit: (limit: number) => void
  toFirst: () => void
  toPrevious: () => void
  toNext: () => void
  reload: () => Promise<void>
  exportAs: (format: ExportFormat) => Promise<void>
}

/** Kinds of files that a list can be taken away as. */
export type ExportFormat = 'csv' | 'xlsx' | 'jsonl'

const PAGE = 20

/**
 * Reads a list page by page with the server's cursors: the ten-thousandth page is as fast as the
 * first. Filters, sort and place live in the address and can be sent to a colleague.
 */
export function useList<Row>(options: ListOptions<Row>): List<Row> {
  const route = useRoute()
  const router = useRouter()
  const prefix = options.prefix ?? ''
  const home = route.path

  const rows = shallowRef<Row[]>([])
  const total = ref(0)
  const next = ref<string | null>(null)
  const problem = shallowRef<unknown>()
  const first = ref(true)
  const busy = ref(true)
  /** Cursor by offset, for the way back. */
  const trail = new Map<number, string>()

  const inAddress = (name: string): string | undefined => {
    const value = route.query[prefix + name]
    return typeof value === 'string' && value ? value : undefined
  }
  const filters = computed(() =>
    Object.fromEntries(['q', ...((typeof options.filters === 'function' ? options.filters() : options.filters) ?? [])].flatMap((name) => {
      const value = inAddress(name)
      return value === undefined ? [] : [[name, value]]
    })),
  )
  const sort = computed(() => inAddress('sort') ?? options.sort)
  const limit = computed(() => Math.min(Number(inAddress('limit')) || options.limit || PAGE, 200))
  const after = computed(() => inAddress('after'))
  const offset = computed(() => (after.value ? Number(inAddress('at')) || 0 : 0))
  const asked = computed<Query>(() => ({ ...filters.value, ...options.fixed?.(), sort: sort.value }))

  async function read(signal: AbortSignal): Promise<void> {
    busy.value = true
    try {
      const query = { ...asked.value, limit: limit.value, after: after.value }
      const page = await (options.read ? options.read(query, signal) : get<Page<Row>>(options.path(), { query, signal }))
      if (signal.aborted) return
      rows.value = page.items
      total.value = page.total
      next.value = page.next
      problem.value = undefined
      if (after.value) trail.set(offset.value, after.value)
    } catch (failure) {
      if (signal.aborted) return
      problem.value = failure
    }
    busy.value = false
    first.value = false
  }

  let running = new AbortController()
  function reload(): Promise<void> {
    running.abort()
    running = new AbortController()
    return read(running.signal)
  }

  watch(
    () => [options.path(), JSON.stringify(asked.value), limit.value, after.value],
    () => {
      if (route.path === home) void reload()
    },
    { immediate: true },
  )

  function change(changes: Record<string, string | undefined>, replace = false): void {
    const query = { ...route.query }
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') Reflect.deleteProperty(query, prefix + name)
      else query[prefix + name] = value
    }
    void router[replace ? 'replace' : 'push']({ query })
  }

  const start = { after: undefined, at: undefined }
  const to = (place: number): void => change({ after: trail.get(place), at: trail.has(place) ? String(place) : undefined })

  return {
    rows,
    total,
    problem,
    first,
    busy,
    filters,
    filtered: computed(() => Object.keys(filters.value).length > 0),
    sort,
    limit,
    offset,
    hasNext: computed(() => next.value !== null),
    filter: (changes) => {
      trail.clear()
      change({ ...changes, ...start }, 'q' in changes)
    },
    clear: () => {
      trail.clear()
      change({ ...Object.fromEntries(Object.keys(filters.value).map((name) => [name, undefined])), ...start })
    },
    sortBy: (field) => {
      trail.clear()
      change({ sort: field, ...start })
    },
    setLimit: (count) => {
      trail.clear()
      change({ limit: count === (options.limit ?? PAGE) ? undefined : String(count), ...start })
    },
    toFirst: () => change(start),
    toPrevious: () => to(offset.value - limit.value),
    toNext: () => {
      if (next.value) change({ after: next.value, at: String(offset.value + limit.value) })
    },
    reload,
    exportAs: (format) => download(options.path(), { query: { ...asked.value, format } }),
  }
}
