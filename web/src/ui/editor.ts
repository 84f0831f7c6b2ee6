/** A proposal of an editor: what it puts in, and a line about it. */
export interface Completion {
  text: string
  hint?: string
}

export interface EditorError {
  line: number
  column: number
  message: string
}

/** Puts text in place of a part, and where the caret or the selection stands then. */
export interface Edit {
  from: number
  to: number
  text: string
  caret: [number, number]
}

const STEP = '  '

/** Start of the line in which a place of a text is. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** Line, from 1, in which a place of a text is. */
export function lineOf(text: string, at: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) line++
  return line
}

/** Place where a line begins, and its end without the line break. */
export function lineBounds(text: string, line: number): [number, number] {
  let start = 0
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start)
    if (next < 0) return [start, text.length]
    start = next + 1
  }
  const end = text.indexOf('\n', start)
  return [start, end < 0 ? text.length : end]
}

/** A new line that keeps the indent of this one; a step deeper after a key without value, under the key of a list's item. */
export function breakLine(text: string, from: number, to: number): Edit {
  const line = text.slice(lineStart(text, from), from)
  const lead = /^[ ]*/.exec(line)?.[0] ?? ''
  const item = /^ *- +(?=\S)/.test(line)
  const indent = lead + (item ? STEP : '') + (/:\s*$/.test(line) ? STEP : '')
  const put = `\n${line.trim() === '' ? lead : indent}`
  return { from, to, text: put, caret: [from + put.length, from + put.length] }
}

/** Two spaces at the caret, or every selected line a step deeper. */
export function indent(text: string, from: number, to: number): Edit {
  if (from === to) return { from, to, text: STEP, caret: [from + STEP.length, from + STEP.length] }
  const start = lineStart(text, from)
  const put = text.slice(start, to).replace(/^(?=[^\n])/gm, STEP)
  return { from: start, to, text: put, caret: [start, start + put.length] }
}

/** Every selected line a step less deep. */
export function outdent(text: string, from: number, to: number): Edit {
  const start = lineStart(text, from)
  const end = from === to ? lineBounds(text, lineOf(text, from))[1] : to
  const put = text.slice(start, end).replace(/^ {1,2}/gm, '')
  const moved = end - start - put.length
  return { from: start, to: end, text: put, caret: from === to ? [Math.max(start, from - moved), Math.max(start, from - moved)] : [start, start + put.length] }
}

/** The next place of words after a place, around the end of the text; large and small letters are the same. */
export function findNext(text: string, words: string, from: number, backwards = false): number {
  if (!words) return -1
  const within = text.toLowerCase()
  const wanted = words.toLowerCase()
  if (backwards) {
    const before = from > 0 ? within.lastIndexOf(wanted, from - 1) : -1
    return before >= 0 ? before : within.lastIndexOf(wanted)
  }
  const next = within.indexOf(wanted, from)
  return next >= 0 ? next : within.indexOf(wanted)
}

/** How often words stand in a text. */
export function countOf(text: string, words: string): number {
  return words ? text.toLowerCase().split(words.toLowerCase()).length - 1 : 0
}
