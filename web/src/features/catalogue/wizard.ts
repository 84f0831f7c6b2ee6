import type { ColumnDraft } from './columns'

/** What a person decides between the upload of a file and its load. */
export interface WizardValues {
  columns: ColumnDraft[]
  target: 'new' | 'existing'
  title: string
  organisation: string | null
  dataset: string | null
  mode: 'REPLACE' | 'APPEND'
}
