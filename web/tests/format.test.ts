import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { i18n } from '@/i18n'
import { nextOf } from '@/router'
import { addDays, formatBytes, formatDay, formatLastDay, formatMeasure, formatNumber, formatShare, formatTime, sentences, showsTitle, startOfDay, treeOf, useFormat } from '@/ui'

function inLanguage(language: 'zh-CN' | 'en'): ReturnType<typeof useFormat> {
  i18n.global.locale.value = language
  let format: ReturnType<typeof useFormat> | undefined
  mount(defineComponent({ setup: () => void (format = useFormat()), template: '<i />' }), { global: { plugins: [i18n] } })
  if (!format) throw new Error('not mounted')
  return format
}

describe('numbers and times', () => {
  it('are shown alike everywhere, in the city’s zone', () => {
    expect(formatNumber(1234567)).toBe('1,234,567')
    expect(formatNumber(null)).toBe('–')
    expect(formatShare(0.8321)).toBe('83.2%')
    expect(formatMeasure(2, '10,000 yuan')).toBe('20,000 yuan')
    expect(formatMeasure(12.345, '10,000 yuan')).toBe('123,450 yuan')
    expect(formatMeasure(2, 'GB')).toBe('2 GB')
    expect(formatTime('2023-11-05T06:05:00Z')).toBe('2023-11-05 14:05')
    expect(formatTime('2023-11-05T16:05:00Z')).toBe('2023-11-06 00:05')
    expect(formatDay('2023-11-05')).toBe('2023-11-05')
    expect(formatLastDay('2023-11-05T16:00:00Z')).toBe('2023-11-05')
    expect(formatLastDay('2023-11-05T15:59:00Z')).toBe('2023-11-05')
    expect(formatBytes(3_400_000)).toBe('3.4 MB')
  })

  it('count days over the ends of months and begin them at the city’s midnight', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(startOfDay('2023-11-05')).toBe('2023-11-04T16:00:00.000Z')
  })

  it('read as working days and hours', () => {
    const format = inLanguage('en')
    expect(format.working(8 * 60 + 180)).toBe('1 working day 3 hours')
    expect(format.working(-16 * 60)).toBe('2 working days')
    expect(format.working(45)).toBe('45 minutes')
  })

  it('are grouped by ten thousands in Chinese only', () => {
    expect(inLanguage('zh-CN').large(184_203)).toBe('18.42 \u4e07')
    expect(inLanguage('zh-CN').large(99_999)).toBe('99,999')
    expect(inLanguage('en').large(184_203)).toBe('184,203')
  })
})

describe('organisations', () => {
  it('make a tree in which one without a known parent stands at the top', () => {
    const one = (code: string, parent: string | null) => ({ code, name: code, nameEn: code, parent, kind: 'OFFICE' })
    const tree = treeOf([one('a', null), one('b', 'a'), one('c', 'gone'), one('d', 'b')], 'en')
    expect(tree.map((node) => node.value)).toEqual(['a', 'c'])
    expect(tree[0]?.children[0]?.children[0]?.value).toBe('d')
  })
})

describe('the way on after signing in', () => {
  it('stays inside these pages', () => {
    expect(nextOf('/datasets?q=a')).toBe('/datasets?q=a')
    for (const bad of ['https://evil.example', '//evil.example', '/\\evil.example', undefined, ['/a']]) expect(nextOf(bad)).toBe('/')
  })

  it('joins sentences that came without a full stop', () => {
    expect(sentences('There is no upload', 'Upload it again')).toBe('There is no upload. Upload it again')
    expect(sentences('\u6ca1\u6709\u4e0a\u4f20', '\u8bf7\u91cd\u65b0\u4e0a\u4f20')).toBe('\u6ca1\u6709\u4e0a\u4f20\u3002\u8bf7\u91cd\u65b0\u4e0a\u4f20')
    expect(sentences('', null, 'Alone')).toBe('Alone')
  })
})

describe('a piece in which something matched', () => {
  it('stands for the title only where it shows it', () => {
    expect(showsTitle('政务云出口段', '政务<mark>云</mark>出口段 10.33.0.0/16')).toBe(true)
    expect(showsTitle('政务云出口段', '…10.33.0.0/16 核心防火墙 <mark>赵磊</mark>')).toBe(false)
    expect(showsTitle('赵磊', null)).toBe(false)
  })
})
