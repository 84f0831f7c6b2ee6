import { computed, ref, shallowRef } from 'vue'
import type { List } from '@/ui'

/** A list that stands still in the given state. */
export function exampleList<Row>(rows: Row[], total: number, state: { first?: boolean; problem?: unknown } = {}): List<Row> {
  const nothing = (): void => undefined
  return {
    rows: shallowRef(rows),
    total: ref(total),
    problem: shallowRef(state.problem),
    first: ref(state.first ?? false),
    busy: ref(false),
    filters: computed(() => ({})),
    filtered: computed(() => false),
    sort: computed(() => '-rows'),
    limit: computed(() => 20),
    offset: computed(() => 0),
    hasNext: computed(() => total > rows.length),
    filter: nothing,
    clear: nothing,
    sortBy: nothing,
    setLimit: nothing,
    toFirst: nothing,
    toPrevious: nothing,
    toNext: nothing,
    reload: () => Promise.resolve(),
    exportAs: () => Promise.resolve(),
  }
}
