import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Column } from './types'

/** What a person has chosen for a table: columns and row height; kept in this browser. */
export interface TableChoices<Row> {
  shown: ComputedRef<Column<Row>[]>
  density: Ref<'cosy' | 'compact'>
  setDensity: (density: 'cosy' | 'compact') => void
  toggle: (key: string) => void
  reset: () => void
}

interface Stored {
  columns?: string[]
  density?: 'cosy' | 'compact'
}

export function useTableChoices<Row>(name: string, columns: () => Column<Row>[]): TableChoices<Row> {
  const store = `tiaoxi.table.${name}`
  const stored = read(store)
  const chosen = ref(stored.columns)
  const density = ref(stored.density ?? 'cosy')
  const shown = computed(() => columns().filter((column) => (chosen.value ? chosen.value.includes(column.key) : !column.hidden)))

  watch([chosen, density], () => localStorage.setItem(store, JSON.stringify({ columns: chosen.value, density: density.value })))

  return {
    shown,
    density,
    setDensity: (height) => (density.value = height),
    toggle: (key) => {
      const now = shown.value.map((column) => column.key)
      const next = now.includes(key) ? now.filter((one) => one !== key) : [...now, key]
      if (next.length) chosen.value = next
    },
    reset: () => {
      chosen.value = undefined
      density.value = 'cosy'
    },
  }
}

function read(store: string): Stored {
  try {
    return JSON.parse(localStorage.getItem(store) ?? '{}') as Stored
  } catch {
    return {}
  }
}
