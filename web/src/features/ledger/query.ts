import type { LocationQuery } from 'vue-router'

/** Filters that every ledger has. */
export const COMMON = ['organisation', 'state', 'standardised', 'finding', 'removed'] as const
/** Before the name of a field in an address. */
export const FIELD = 'f.'
/** What an address may say besides filters that a saved view keeps. */
const KEPT = ['q', 'sort', ...COMMON]

/** The names of the filters in an address: the common ones and those of fields. */
export function filterNames(query: LocationQuery): string[] {
  return [...COMMON, ...Object.keys(query).filter((name) => name.startsWith(FIELD))]
}

/** The part of an address that a saved view keeps, always in the same order. */
export function viewQuery(query: LocationQuery): string {
  const parameters = new URLSearchParams()
  for (const name of Object.keys(query).sort()) {
    const value = query[name]
    if ((KEPT.includes(name) || name.startsWith(FIELD)) && typeof value === 'string' && value) parameters.set(name, value)
  }
  return parameters.toString()
}

/** The address's query that a saved view stands for. */
export function queryOf(view: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(view)].filter(([name]) => KEPT.includes(name) || name.startsWith(FIELD)))
}

/** Filters as the server takes them in a bulk change: without sort and place. */
export function filterString(filters: Record<string, string>): string {
  return new URLSearchParams(Object.entries(filters).sort(([left], [right]) => left.localeCompare(right))).toString()
}
