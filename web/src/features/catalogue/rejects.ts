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

/** Only text with separators keeps a row's own text, so only that can be put together again. */
export function canSendBack(probe: Probe | null): boolean {
  return probe?.format === 'CSV' || probe?.format === 'TSV'
}

/**
 * The rows of a mended rejects file as a file like the first one: its header, then the column
 * `text` line by line. Nothing when there is no such column or no row in it.
 */
export function sentBack(rejects: string, probe: Probe): string | undefined {
  const [head, ...rows] = readCsv(rejects)
  const at = head?.findIndex((name) => name.trim() === 'text') ?? -1
  const texts = at < 0 ? [] : rows.map((row) => unarmed(row[at] ?? '').replace(/\r?\n$/, '')).filter((text) => text.trim())
  if (!texts.length) return undefined
  const separator = probe.separator ?? ','
  const header = probe.header ? [probe.columns.map((column) => quoted(column.sourceName, separator)).join(separator)] : []
  return [...header, ...texts].join('\n') + '\n'
}

/** Takes away the apostrophe that keeps a spreadsheet from computing the text. */
function unarmed(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text
}

function quoted(value: string, separator: string): string {
  return value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
