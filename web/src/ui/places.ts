import type { Component } from 'vue'

const known = new Map<string, Component[]>()

/** Puts a feature's component in a named place of another feature's page. */
export function provideAt(place: string, component: Component): void {
  known.set(place, [...(known.get(place) ?? []), component])
}

/** What features have put there, in the order of the features. */
export function providedAt(place: string): readonly Component[] {
  return known.get(place) ?? []
}
