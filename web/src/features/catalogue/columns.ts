import type { ColumnType, DatasetColumn, ProbedColumn } from '@/api'

/** A column of a file as it will be loaded, or left out. */
export interface ColumnDraft {
  index: number
  name: string
  label: string
  type: ColumnType
  included: boolean
}

export const COLUMN_TYPES: readonly ColumnType[] = ['TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'TIMESTAMP']

const NAME = /^[a-z][a-z0-9_]{0,59}$/
/** A name that every table keeps for itself. */
const OWN = 'tiaoxi_row'

/** What is wrong with a column: the last part of the key of its words. */
export type ColumnFault = 'nameEmpty' | 'nameForm' | 'nameTwice' | 'labelEmpty' | 'labelTwice'

export interface ColumnFaults {
  name?: ColumnFault
  label?: ColumnFault
}

export function draftOf(columns: readonly ProbedColumn[]): ColumnDraft[] {
  return columns.map(({ index, name, label, type }) => ({ index, name, label, type, included: true }))
}

/** Faults by the column's index; columns left out have none. */
export function faultsOf(columns: readonly ColumnDraft[]): Map<number, ColumnFaults> {
  const taken = columns.filter((column) => column.included)
  const names = counted(taken.map((column) => column.name.trim()))
  const labels = counted(taken.map((column) => column.label.trim()))
  const faults = new Map<number, ColumnFaults>()
  for (const column of taken) {
    const name = nameFault(column.name.trim(), names)
    const label = labelFault(column.label.trim(), labels)
    if (name || label) faults.set(column.index, { ...(name && { name }), ...(label && { label }) })
  }
  return faults
}

function nameFault(name: string, names: Map<string, number>): ColumnFault | undefined {
  if (!name) return 'nameEmpty'
  if (!NAME.test(name) || name === OWN) return 'nameForm'
  return (names.get(name) ?? 0) > 1 ? 'nameTwice' : undefined
}

function labelFault(label: string, labels: Map<string, number>): ColumnFault | undefined {
  if (!label) return 'labelEmpty'
  return (labels.get(label) ?? 0) > 1 ? 'labelTwice' : undefined
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Gives each faulty name and label the nearest good one; good ones stay as they are. */
export function mended(columns: readonly ColumnDraft[]): ColumnDraft[] {
  const names = new Set<string>()
  const labels = new Set<string>()
  return columns.map((column) => {
    if (!column.included) return column
    const name = free(wellFormed(column.name.trim(), column.index), names, '_')
    const label = free(column.label.trim() || name, labels, ' ')
    return { ...column, name, label }
  })
}

function wellFormed(name: string, index: number): string {
  if (NAME.test(name) && name !== OWN) return name
  const folded = name.toLowerCase().normalize('NFKC').replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 50)
  if (NAME.test(folded)) return folded
  return folded && NAME.test(`c_${folded}`) ? `c_${folded}` : `column_${index + 1}`
}

function free(wanted: string, taken: Set<string>, between: string): string {
  let word = wanted
  for (let n = 2; taken.has(word); n++) word = `${wanted}${between}${n}`
  taken.add(word)
  return word
}

/**
 * Whether a cell surely cannot be read as the type. Doubtful cells pass: the load itself decides,
 * and what it cannot read goes to the rejects.
 */
export function surelyNot(value: string | null, type: ColumnType): boolean {
  const text = value?.normalize('NFKC').trim()
  if (!text) return false
  switch (type) {
    case 'TEXT':
      return false
    case 'INTEGER':
      return !/^[+-]?[\d,\s]+$/.test(text)
    case 'DECIMAL':
      return !/\d/.test(text) || /[^\d.,\s+\-eE%]/.test(text.replace(/^[^\d+-]/, ''))
    case 'BOOLEAN':
      return text.length > 5
    case 'DATE':
    case 'TIMESTAMP':
      return notADay(text)
  }
}

function notADay(text: string): boolean {
  const [, year, month, day] = text.match(/^(\d{4})\D(\d{1,2})\D(\d{1,2})/) ?? text.match(/^(\d{4})(\d{2})(\d{2})$/) ?? []
  if (!year || !month || !day) return !/\d{4}|\d{1,2}\D\d{1,2}/.test(text)
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)
}

/**
 * Columns that take over name, label and type from a dataset's, each of them once: where the name
 * is the same, then the label, then the name in the file; what is left over by position, when it is
 * as many on both sides.
 */
export function adopted(columns: readonly ColumnDraft[], probed: readonly ProbedColumn[], dataset: readonly DatasetColumn[]): ColumnDraft[] {
  const sources = new Map(probed.map((column) => [column.index, column.sourceName.trim()]))
  const partners = new Map<number, DatasetColumn>()
  const free = new Set(dataset)
  const pair = (column: ColumnDraft, partner: DatasetColumn | undefined): void => {
    if (!partner || partners.has(column.index)) return
    partners.set(column.index, partner)
    free.delete(partner)
  }
  const words = [(column: ColumnDraft) => column.name.trim(), (column: ColumnDraft) => column.label.trim(), (column: ColumnDraft) => sources.get(column.index) ?? '']
  for (const word of words) {
    for (const column of columns) pair(column, partners.has(column.index) ? undefined : [...free].find((one) => word(column) !== '' && (one.name === word(column) || one.label === word(column))))
  }
  const left = columns.filter((column) => !partners.has(column.index))
  const open = [...free]
  if (left.length === open.length) left.forEach((column, at) => pair(column, open[at]))
  return columns.map((column) => {
    const partner = partners.get(column.index)
    return partner ? { ...column, name: partner.name, label: partner.label, type: partner.type } : column
  })
}

/** Columns in the order a dataset has them, as appending wants; those it does not have come last. */
export function ordered<Named extends { name: string }>(columns: readonly Named[], dataset: readonly DatasetColumn[]): Named[] {
  const place = new Map(dataset.map((column, at) => [column.name, at]))
  return [...columns].sort((left, right) => (place.get(left.name) ?? dataset.length) - (place.get(right.name) ?? dataset.length))
}

/** How the file's columns meet those a dataset already has, by name. */
export function compared(columns: readonly ColumnDraft[], dataset: readonly DatasetColumn[]): { missing: string[]; added: string[]; retyped: string[] } {
  const taken = new Map(columns.filter((column) => column.included).map((column) => [column.name.trim(), column]))
  const known = new Map(dataset.map((column) => [column.name, column]))
  return {
    missing: dataset.filter((column) => !taken.has(column.name)).map((column) => column.label || column.name),
    added: [...taken.values()].filter((column) => column.name.trim() && !known.has(column.name.trim())).map((column) => column.label || column.name),
    retyped: [...taken.values()].filter((column) => known.has(column.name.trim()) && known.get(column.name.trim())?.type !== column.type).map((column) => column.label || column.name),
  }
}

/** Encodings to choose from: the usual ones in the spelling of the one that was detected, and that one. */
export function encodingsWith(detected: string | null): string[] {
  const usual = ['UTF_8', 'GB18030', 'UTF_16LE', 'UTF_16BE']
  const spelled = detected?.includes('-') ? usual.map((one) => one.replaceAll('_', '-')) : usual
  return [...new Set([...spelled, ...(detected ? [detected] : [])])]
}
