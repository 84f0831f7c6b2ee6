import { describe, expect, it } from 'vitest'
import { completions, type Schema } from '@/features/ledger/schema'
import { lineDiff, withContext } from '@/ui'
import { breakLine, findNext, indent, lineOf, outdent, type Edit } from '@/ui/editor'

const applied = (text: string, edit: Edit): string => text.slice(0, edit.from) + edit.text + text.slice(edit.to)

describe('an editor', () => {
  it('keeps the indent of the line, a step deeper after a key without value', () => {
    const text = 'fields:\n  - id: a'
    expect(applied('fields:', breakLine('fields:', 7, 7))).toBe('fields:\n  ')
    expect(applied(text, breakLine(text, text.length, text.length))).toBe(`${text}\n    `)
    expect(applied('  name: x', breakLine('  name: x', 9, 9))).toBe('  name: x\n  ')
  })

  it('indents and outdents every selected line', () => {
    const text = 'a:\n  b\nc'
    expect(applied(text, indent(text, 0, text.length))).toBe('  a:\n    b\n  c')
    expect(applied('  a:\n    b', outdent('  a:\n    b', 0, 10))).toBe('a:\n  b')
    expect(applied('  a', outdent('  a', 3, 3))).toBe('a')
    expect(applied('ab', indent('ab', 1, 1))).toBe('a  b')
  })

  it('finds on around the end, in both directions', () => {
    expect(findNext('one two One', 'one', 1)).toBe(8)
    expect(findNext('one two One', 'one', 9)).toBe(0)
    expect(findNext('one two One', 'ONE', 0, true)).toBe(8)
    expect(findNext('one', '', 0)).toBe(-1)
  })

  it('counts lines from one', () => {
    expect(lineOf('a\nb\nc', 0)).toBe(1)
    expect(lineOf('a\nb\nc', 4)).toBe(3)
  })
})

describe('proposals of a schema', () => {
  const SCHEMA: Schema = {
    properties: {
      id: { type: 'string' },
      managed: { type: 'boolean' },
      name: { $ref: '#/$defs/words' },
      fields: { items: { $ref: '#/$defs/field' } },
    },
    $defs: {
      words: { properties: { zh: { description: 'Chinese' }, en: {} }, additionalProperties: false },
      field: { properties: { id: {}, type: { enum: ['TEXT', 'NUMBER'] }, name: { $ref: '#/$defs/words' }, when: { properties: { field: {}, in: {} } } } },
    },
  }
  const at = (text: string): string[] => completions(SCHEMA, text, text.length).options.map((one) => one.text)

  it('are the keys of the place that are not there yet', () => {
    expect(at('id: a\n')).toEqual(['managed: ', 'name: ', 'fields: '])
    expect(at('id: a\nna')).toEqual(['name: '])
    expect(at('name:\n  ')).toEqual(['zh: ', 'en: '])
  })

  it('know items of lists, whether or not these are indented', () => {
    expect(at('fields:\n  - id: a\n    ')).toEqual(['type: ', 'name: ', 'when: '])
    expect(at('fields:\n- id: a\n- ')).toEqual(['id: ', 'type: ', 'name: ', 'when: '])
    expect(at('fields:\n  - id: a\n    when:\n      ')).toEqual(['field: ', 'in: '])
  })

  it('are the values of a key that has few', () => {
    expect(at('fields:\n  - type: ')).toEqual(['TEXT', 'NUMBER'])
    expect(at('fields:\n  - id: a\n    type: NU')).toEqual(['NUMBER'])
    expect(at('managed: ')).toEqual(['true', 'false'])
  })

  it('are none where the schema says nothing', () => {
    expect(at('id: ')).toEqual([])
    expect(at('unknown:\n  ')).toEqual([])
    expect(at('id: a word')).toEqual([])
  })
})

describe('a comparison of texts', () => {
  const kinds = (before: string, after: string): string => lineDiff(before, after).map((line) => ({ same: '=', gone: '-', new: '+' })[line.kind]).join('')

  it('keeps what both have in its order', () => {
    expect(kinds('a\nb\nc', 'a\nx\nc')).toBe('=-+=')
    expect(kinds('a\nb', 'a\nb')).toBe('==')
    expect(kinds('', 'a')).toBe('-+')
    expect(kinds('a\nb\nc\nd', 'b\nd\ne')).toBe('-=-=+')
  })

  it('numbers the lines of each side', () => {
    expect(lineDiff('a\nb', 'b').map((line) => [line.before, line.after])).toEqual([[1, null], [2, 1]])
  })

  it('leaves out what is far from a change', () => {
    const before = Array.from({ length: 30 }, (_, index) => String(index)).join('\n')
    const shown = withContext(lineDiff(before, before.replace('15', 'x')), 2)
    expect(shown.map((line) => line?.text ?? '…')).toEqual(['…', '13', '14', '15', 'x', '16', '17'])
    expect(withContext(lineDiff('a', 'a'))).toEqual([])
  })
})
