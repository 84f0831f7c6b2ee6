import type { Items } from '@/api'

/** The items of an answer, whether they come in a page or bare. */
export function itemsIn<Item>(answer: Item[] | Items<Item> | undefined): Item[] {
  return Array.isArray(answer) ? answer : (answer?.items ?? [])
}
