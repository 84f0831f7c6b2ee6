import { defineAsyncComponent, type Component } from 'vue'

const panels = new Map<string, Component[]>()

/** Puts a panel of a feature on the page of each entry of a ledger; it is given the entry's `id`. */
export function entryPanel(ledger: string, load: () => Promise<Component>): void {
  panels.set(ledger, [...(panels.get(ledger) ?? []), defineAsyncComponent(load)])
}

/** The panels that features put on the pages of a ledger's entries. */
export function entryPanels(ledger: string): readonly Component[] {
  return panels.get(ledger) ?? []
}
