import type { TraceEntry, TraceTimeline } from '@/api'
import { formatDay } from '@/ui'

/** Calls of one grant in a row, as one line. */
export interface Fold {
  id: string
  /** Newest first, as they stand in the timeline. */
  entries: TraceEntry[]
  /** How many were refused, of all. */
  refused: number
  /** Rows delivered in all. */
  rows: number
}

/** A line of a timeline: one record, or calls folded together. */
export type Line = { entry: TraceEntry; fold?: undefined } | { fold: Fold; entry?: undefined }

export interface TimelineDay {
  day: string
  lines: Line[]
}

/** From so many calls on it is easier to read their sum. */
const MANY = 3

const grantOf = (entry: TraceEntry): string => (entry.kind === 'CALL' ? (entry.detail['grant'] ?? '') : '')

function sum(entries: TraceEntry[]): Fold {
  return {
    id: entries.at(-1)?.id ?? '',
    entries,
    refused: entries.filter((one) => one.outcome !== 'OK').length,
    rows: entries.reduce((all, one) => all + (Number(one.detail['rows']) || 0), 0),
  }
}

/** A timeline, newest first, by day; three or more calls of a grant in a row become one line. */
export function daysOf(entries: readonly TraceEntry[]): TimelineDay[] {
  const days: TimelineDay[] = []
  let run: TraceEntry[] = []

  function close(): void {
    const lines = days.at(-1)?.lines
    if (run.length >= MANY) lines?.push({ fold: sum(run) })
    else run.forEach((entry) => lines?.push({ entry }))
    run = []
  }

  for (const entry of entries) {
    const day = formatDay(entry.time)
    const grant = grantOf(entry)
    const goesOn = run[0] && days.at(-1)?.day === day && grantOf(run[0]) === grant && run[0].actor === entry.actor
    if (!goesOn) close()
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] })
    if (grant) run.push(entry)
    else days.at(-1)?.lines.push({ entry })
  }
  close()
  return days
}

/** Where what a timeline is about stands, and who may go there. People are found by their user name. */
export function pageOf(kind: TraceTimeline['kind'], id: string): { to: string; permission: string } {
  const pages: Record<TraceTimeline['kind'], { to: string; permission: string }> = {
    PERSON: { to: `/settings/people?q=${encodeURIComponent(id)}`, permission: 'person:read' },
    APPLICATION: { to: `/applications/${id}`, permission: 'application:read' },
    DATASET: { to: `/datasets/${id}`, permission: 'dataset:read' },
    GRANT: { to: `/grants/${id}`, permission: 'grant:read' },
  }
  return pages[kind]
}
