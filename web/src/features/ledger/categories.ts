import type { LedgerSummary } from '@/api'

export interface Category {
  name: string
  ledgers: LedgerSummary[]
}

/** Ledgers under their headings, in the order in which they came, those without one last; only those whose words match. */
export function byCategory(all: readonly LedgerSummary[], words: string, otherwise: string): Category[] {
  const wanted = words.trim().toLowerCase()
  const found = all.filter((one) => !wanted || [one.name, one.description, one.category, one.id].some((text) => text?.toLowerCase().includes(wanted)))
  const categories = new Map<string, LedgerSummary[]>()
  for (const one of found) categories.set(one.category ?? '', [...(categories.get(one.category ?? '') ?? []), one])
  return [...categories].sort(([left], [right]) => Number(left === '') - Number(right === '')).map(([name, ledgers]) => ({ name: name || otherwise, ledgers }))
}
