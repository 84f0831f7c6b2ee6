import { useI18n } from 'vue-i18n'
import type { Time } from '@/api'

/** The city's clock: dates and times are shown in its zone wherever the reader sits. */
const ZONE = 'Asia/Shanghai'

const dateTime = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' })
const dateTimeSeconds = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'medium' })
const dateOnly = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' })
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const NONE = '–'
const CHINESE = /[\u3400-\u9fff\u201d\uff09]/
const FULL_STOP = '\u3002'
const ENDED = /[.!?;:\u3002\uff01\uff1f\uff1b\uff1a]$/

/** 1,234,567; at most two decimals. */
export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? NONE : decimal.format(value)
}

/** A share between 0 and 1 as 63.2 %. */
export function formatShare(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${decimal.format(Math.round(value * 1000) / 10)}%`
}

/** Sentences one after another; one that came without its full stop gets it before the next. */
export function sentences(...parts: (string | null | undefined)[]): string {
  const all = parts.flatMap((part) => part?.trim() || [])
  return all.reduce((text, next) => {
    const chinese = CHINESE.test(text.slice(-1))
    return ENDED.test(text) ? `${text}${text.endsWith(FULL_STOP) ? '' : ' '}${next}` : `${text}${chinese ? FULL_STOP : '. '}${next}`
  }, all.shift() ?? '')
}

/** 2023-11-05 14:05. */
export function formatTime(time: Time | null | undefined): string {
  return time ? dateTime.format(new Date(time)) : NONE
}

/** 2023-11-05 14:05:09. */
export function formatExactTime(time: Time | null | undefined): string {
  return time ? dateTimeSeconds.format(new Date(time)) : NONE
}

/** 2023-11-05; a day without time stays the day it says. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return NONE
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : dateOnly.format(new Date(day))
}

/** The last day of what ends at that moment, which often is the midnight after it. */
export function formatLastDay(end: string | null | undefined): string {
  return end ? formatDay(new Date(new Date(end).getTime() - 1).toISOString()) : NONE
}

/** Today in the city. */
export function today(): string {
  return dateOnly.format(new Date())
}

/** The day so many days before or after the given one. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The moment a day begins in the city, for queries. */
export function startOfDay(day: string): Time {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}

/** A unit that is a multiple of another, such as “10,000 yuan”. */
const MULTIPLE = /^(\d[\d,]*) (.+)$/

/** A number in its unit; a unit such as “10,000 yuan” is multiplied out: 2 of them are 20,000 yuan. */
export function formatMeasure(value: number, unit: string): string {
  const [, times, one] = MULTIPLE.exec(unit) ?? []
  if (!times || !one) return `${formatNumber(value)} ${unit}`
  return `${formatNumber(Math.round(value * Number(times.replaceAll(',', '')) * 1e6) / 1e6)} ${one}`
}

/** What stands beside a field for a number in that unit. */
export function unitBeside(unit: string): string {
  return MULTIPLE.test(unit) ? `× ${unit}` : unit
}

/** 3.4 MB. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return NONE
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

/** A working day has eight hours; deadlines count only these. */
const WORKING_DAY = 8 * 60

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const CALL = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The identifier of a call, if the words are one as gateways make them (UUID version 7). */
export function callIdentifier(words: string): string | undefined {
  const plain = words.trim().toLowerCase()
  return CALL.test(plain) ? plain : undefined
}

/** Numbers and times in words of the page's language. */
export function useFormat() {
  const { t, locale } = useI18n()

  /** Large numbers by ten thousands in Chinese, 1,234,567 in English. */
  function large(value: number | null | undefined): string {
    if (value === null || value === undefined) return NONE
    if (locale.value === 'en' || Math.abs(value) < 100_000) return formatNumber(value)
    return Math.abs(value) >= 1e8
      ? t('ui.number.hundredMillions', { n: decimal.format(value / 1e8) })
      : t('ui.number.tenThousands', { n: decimal.format(value / 1e4) })
  }

  /** "3 minutes ago", "in 2 days". */
  function relative(time: Time | null | undefined): string {
    if (!time) return NONE
    const seconds = (new Date(time).getTime() - Date.now()) / 1000
    const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
    if (unit === 'second') return t('ui.time.now')
    return new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit)
  }

  /** Working minutes as "2 working days 3 hours"; below an hour in minutes. */
  function working(minutes: number): string {
    const whole = Math.abs(Math.round(minutes))
    const days = Math.floor(whole / WORKING_DAY)
    const hours = Math.floor((whole % WORKING_DAY) / 60)
    const parts = []
    if (days) parts.push(t('ui.time.workingDays', { n: days }, days))
    if (hours) parts.push(t('ui.time.hours', { n: hours }, hours))
    if (!parts.length) parts.push(t('ui.time.minutes', { n: whole }, whole))
    return parts.join(' ')
  }

  /** 0.8 ms, 120 ms, 1.4 s, 2 min 5 s. */
  function milliseconds(value: number | null | undefined): string {
    if (value === null || value === undefined) return NONE
    if (value < 1000) return `${value < 10 ? decimal.format(value) : Math.round(value)} ms`
    if (value < 60_000) return `${(value / 1000).toFixed(1)} s`
    return `${Math.floor(value / 60_000)} min ${Math.round((value % 60_000) / 1000)} s`
  }

  /** A number with its unit, as indicators give it. */
  function quantity(value: number | null | undefined, unit: string): string {
    if (value === null || value === undefined) return NONE
    if (unit === 'RATIO') return formatShare(value)
    if (unit === 'DURATION') return milliseconds(value * 1000)
    return large(value)
  }

  return { large, relative, working, milliseconds, quantity }
}
