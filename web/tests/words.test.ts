import { describe, expect, it } from 'vitest'

interface Words {
  zh: Record<string, unknown>
  en: Record<string, unknown>
}

const words = import.meta.glob<Words>('../src/**/messages.ts', { eager: true })
const CHINESE = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/

function keys(tree: Record<string, unknown>, above = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keys(value as Record<string, unknown>, `${above}${key}.`) : [above + key],
  )
}

function texts(tree: Record<string, unknown>): string[] {
  return Object.values(tree).flatMap((value) =>
    typeof value === 'object' && value !== null ? texts(value as Record<string, unknown>) : [String(value)],
  )
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
}

describe('words', () => {
  it('exist in both languages for every feature', () => {
    expect(Object.keys(words).length).toBeGreaterThan(1)
    for (const [path, { zh, en }] of Object.entries(words)) expect(keys(en).sort(), path).toEqual(keys(zh).sort())
  })

  it('name the same values in both languages', () => {
    for (const { zh, en } of Object.values(words)) {
      const chinese = texts(zh)
      texts(en).forEach((text, index) => expect(placeholders(text), text).toEqual(placeholders(chinese[index] ?? '')))
    }
  })

  it('contain no Chinese in English', () => {
    for (const { en } of Object.values(words)) for (const text of texts(en)) expect(text).not.toMatch(CHINESE)
  })
})

describe('pages', () => {
  const sources = import.meta.glob<string>('../src/**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' })
  const files = Object.keys(sources).filter((file) => !file.endsWith('messages.ts'))
  /** Places in pages where other features put their parts are named like words. */
  const places = new Set(files.flatMap((file) => [...(sources[file] ?? '').matchAll(/<Place name="([\w.]+)"/g)].map((match) => match[1])))

  it('hold no Chinese outside the words', () => {
    expect(files.length).toBeGreaterThan(40)
    for (const file of files) {
      const code = (sources[file] ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|<!--[\s\S]*?-->/gm, '')
      expect(code.match(new RegExp(`.*${CHINESE.source}.*`))?.[0], file).toBeUndefined()
    }
  })

  it('use only words that exist', () => {
    const known = new Set(Object.entries(words).flatMap(([path, { zh }]) => keys(zh, `${path.split('/').at(-2)}.`)))
    const groups = Object.keys(words).map((path) => path.split('/').at(-2)).join('|')
    const isKnown = (key: string): boolean => known.has(key) || [...known].some((one) => one.startsWith(`${key}.`))
    const used = new RegExp(`'((?:${groups})(?:\\.[A-Za-z0-9_]+)+)'`, 'g')
    for (const file of files) {
      for (const [, key] of (sources[file] ?? '').matchAll(used)) if (!places.has(key)) expect(isKnown(key ?? ''), `${file}: ${key}`).toBe(true)
    }
  })
})
