/** One line of a comparison of two texts. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new'
  text: string
  /** Its number in the text before, and in the one after. */
  before: number | null
  after: number | null
}

/** From here on a table of common parts would be too large; then all lines of the middle count as changed. */
const LARGEST = 4_000_000

/** Compares two texts line by line by their longest common subsequence. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const old = before.split('\n')
  const now = after.split('\n')
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  const lines: DiffLine[] = []
  const same = (index: number, shift: number): void => void lines.push({ kind: 'same', text: old[index] ?? '', before: index + 1, after: index + shift + 1 })
  for (let index = 0; index < start; index++) same(index, 0)
  middle(old.slice(start, old.length - end), now.slice(start, now.length - end), start, lines)
  for (let index = old.length - end; index < old.length; index++) same(index, now.length - old.length)
  return lines
}

function middle(old: string[], now: string[], start: number, lines: DiffLine[]): void {
  const width = now.length + 1
  const small = (old.length + 1) * width <= LARGEST
  const common = new Uint32Array(small ? (old.length + 1) * width : 0)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  if (small) {
    for (let i = old.length - 1; i >= 0; i--) for (let j = now.length - 1; j >= 0; j--) common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (small && i < old.length && j < now.length && old[i] === now[j]) lines.push({ kind: 'same', text: old[i] ?? '', before: start + ++i, after: start + ++j })
    else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) lines.push({ kind: 'gone', text: old[i] ?? '', before: start + ++i, after: null })
    else lines.push({ kind: 'new', text: now[j] ?? '', before: null, after: start + ++j })
  }
}

/** Changed lines with so many around them; `null` stands for what is left out between. */
export function withContext(lines: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const shown = new Set<number>()
  lines.forEach((line, index) => {
    if (line.kind !== 'same') for (let at = index - around; at <= index + around; at++) shown.add(at)
  })
  const result: (DiffLine | null)[] = []
  lines.forEach((line, index) => {
    if (shown.has(index)) result.push(line)
    else if (result.at(-1) !== null) result.push(null)
  })
  return shown.size ? (result.at(-1) === null ? result.slice(0, -1) : result) : []
}
