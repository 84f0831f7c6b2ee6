import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './icons'

/** An act that an entry's head may offer. */
export interface Act {
  action: string
  label: string
  icon?: IconName
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  to?: RouteLocationRaw
  busy?: boolean
  /** The name under which the server's `allowed` speaks of it, when that differs. */
  allowedAs?: string
  /** Shown even where the server says nothing about it. */
  always?: boolean
}

/** A place in the navigation at the left. */
export interface NavigationEntry {
  /** Key of its words. */
  title: string
  to: string
  icon: IconName
  /** Group it stands in: a key under the shell's groups. */
  group: string
  order: number
  /** Permission without which it is not shown. */
  permission?: string
  /** Permission with which it is not shown, because another place then covers it. */
  without?: string
  /** Path prefixes for which it is the present place, besides `to`. */
  covers?: string[]
}

/** One choice in a list of choices. */
export interface Option<Value extends string | number = string> {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
}

/** One tab; its id is what stands in the address. */
export interface Tab {
  id: string
  label: string
  count?: number | null
  hidden?: boolean
}

/** A fact with its name; a slot `fact-<id>` may show it in another way. */
export interface Fact {
  id: string
  name: string
  value?: string | number | null | undefined
  to?: RouteLocationRaw
  copy?: boolean
  mono?: boolean
  help?: string
}

/** A column of a table. */
export interface Column<Row> {
  key: string
  title: string
  /** What stands in the cell, when it is not the row's value of that key. */
  value?: (row: Row) => unknown
  /** How the value is shown; a slot `cell-<key>` goes before. */
  as?: 'text' | 'number' | 'time' | 'ago' | 'day' | 'grade' | 'state' | 'organisation' | 'code' | 'milliseconds' | 'bytes' | 'yes'
  /** The field the server sorts by; true when it is the key. */
  sort?: boolean | string
  align?: 'start' | 'end'
  width?: string
  /** Not shown until chosen. */
  hidden?: boolean
  /** Long text may break into lines. */
  wrap?: boolean
}

/** A filter that stands in a list's sentence. */
export interface Filter {
  name: string
  label: string
  kind: 'choice' | 'organisation' | 'period' | 'text'
  /** The words when it is not set: "any state". */
  any: string
  options?: Option[] | (() => Promise<Option[]>)
}

/** One step of what happened. */
export interface StoryStep {
  title: string
  text?: string
  tone: 'good' | 'bad' | 'neutral'
}
