import { pasted } from './messages'
import type { Row } from './types'

const NO = new Set(pasted.no)
const YES = new Set(pasted.yes)

/**
 * Reads rows that were copied from a spreadsheet: who, then in any order whether they came and the
 * score. Without a word on it they came. A heading, which has no score and no yes or no, is left out.
 */
export function rowsOf(text: string): Row[] {
  const lines = text.split(/\r?\n/).map((line) => line.split(pasted.between).map((cell) => cell.trim())).filter((cells) => cells[0])
  const rows = lines.map((cells) => rowOf(cells))
  const heading = lines[0]
  return heading && pasted.heading.test(heading[0] ?? '') ? rows.slice(1) : rows
}

function rowOf(cells: string[]): Row {
  const row: Row = { person: cells[0] ?? '', attended: true, score: null }
  for (const cell of cells.slice(1)) {
    const word = cell.toLowerCase()
    if (NO.has(word) && row.score === null && word !== '0') row.attended = false
    else if (YES.has(word)) row.attended = true
    else if (/^\d+(\.\d+)?$/.test(cell)) row.score = Number(cell)
  }
  return row
}
