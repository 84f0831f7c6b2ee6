import type { Probe } from '@/api'

/** Reads CSV (RFC 4180): quoted values may hold separators, line breaks and doubled quotes. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let value = ''
  let quoted = false
  const source = text.replace(/^\ufeff/, '')
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]
    if (quoted) {
      if (sign !== '"') value += sign
      else if (source[at + 1] === '"') {
        value += '"'
        at++
      } else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ',' || sign === '\n') {
      row.push(sign === '\n' ? value.replace(/\r$/, '') : value)
      value = ''
      if (sign === '\n') {
        rows.push(row)
        row = []
      }
    } else value += sign
  }
  if (value || row.length) rows.push([...row, value])
  return rows
}

/** What must be known of a file to make another like it. */
export interface FileShape {
  separator: string
  header: boolean
  names: string[]
}

const STORED = 'tiaoxi.shape.'

/** Only text with separators keeps a row's own text, so only that can be put together again. */
export function shapeOf(probe: Probe): FileShape | undefined {
  if (probe.format !== 'CSV' && probe.format !== 'TSV') return undefined
  return { separator: probe.separator ?? (probe.format === 'TSV' ? '\t' : ','), header: probe.header, names: probe.columns.map((column) => column.sourceName) }
}

/** Keeps the shape of an upload in this browser: once loaded the file itself is gone. */
export function keepShape(upload: string, probe: Probe): void {
  const shape = shapeOf(probe)
  if (shape) localStorage.setItem(STORED + upload, JSON.stringify(shape))
}

export function keptShape(upload: string): FileShape | undefined {
  const text = localStorage.getItem(STORED + upload)
  return text ? (JSON.parse(text) as FileShape) : undefined
}

/**
 * The rows of a mended rejects file as a file like the first one: its header, then the column
 * `text` line by line. Nothing when there is no such column or no row in it.
 */
export function sentBack(rejects: string, shape: FileShape): string | undefined {
  const [head, ...rows] = readCsv(rejects)
  const at = head?.findIndex((name) => name.trim() === 'text') ?? -1
  const texts = at < 0 ? [] : rows.map((row) => unarmed(row[at] ?? '').replace(/\r?\n$/, '')).filter((text) => text.trim())
  if (!texts.length) return undefined
  const header = shape.header ? [shape.names.map((name) => quoted(name, shape.separator)).join(shape.separator)] : []
  return [...header, ...texts].join('\n') + '\n'
}

/** Takes away the apostrophe that keeps a spreadsheet from computing the text. */
function unarmed(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text
}

function quoted(value: string, separator: string): string {
  return value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
