/** How far an import is. */
export type ImportState = 'RECEIVED' | 'CHECKING' | 'CHECKED' | 'APPLYING' | 'APPLIED' | 'STOPPED' | 'FAILED'

export interface ImportColumn {
  index: number
  name: string
  samples: string[]
  target: string | null
}

export interface ImportOptions {
  organisation: string
  decodeEntities: boolean
  fillMerged: boolean
  blankClears: boolean
}

export interface ImportCounts {
  rows: number
  added: number
  changed: number
  same: number
  refused: number
  standardised: number
}

export interface ImportSample {
  row: number
  id: string
  code: string
  title: string
  changes: { field: string; before: unknown; after: unknown }[]
}

/** A file on its way into a ledger. */
export interface ImportJob {
  id: string
  type: string
  fileName: string
  bytes: number
  state: ImportState
  stateName: string
  maker: string
  created: string
  updated: string
  format: string
  encoding: string | null
  separator: string | null
  sheet: string | null
  sheets: string[]
  headerRow: number
  columns: ImportColumn[]
  options: ImportOptions
  counts: ImportCounts
  percent: number
  notices: { code: string; message: string; count: number; row: number }[]
  samples: ImportSample[]
  fault: { code: string; message: string; mend: string } | null
  batch: string | null
  kept: boolean
}

/** What a column may go to. */
export interface ImportTarget {
  id: string
  name: string
  kind: string | null
  required: boolean
}

export interface ImportFinding {
  row: number
  column: number
  code: string
  value: string
  message: string
  mend: string
}

export interface FindingSort {
  code: string
  column: number
  count: number
  firstRow: number
  name: string
}

/** Whether the platform works on it now. */
export const isRunning = (job: ImportJob): boolean => job.state === 'CHECKING' || job.state === 'APPLYING'

/** The step of the wizard that shows a job: 1 columns, 2 check, 3 apply. */
export function stepOf(job: ImportJob): number {
  if (job.batch) return 3
  return job.state === 'RECEIVED' ? 1 : 2
}
