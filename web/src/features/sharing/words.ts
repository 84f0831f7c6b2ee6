import type { ComposerTranslation } from 'vue-i18n'
import type { ExportRule, Grade, Grant, Mask, TimelineEntry } from '@/api'
import { formatNumber } from '@/ui'

export const MASKS: readonly Mask[] = ['NAME', 'IDENTIFIER', 'PHONE', 'ADDRESS', 'ACCOUNT', 'YEAR', 'HIDE']

const ORDER: readonly Grade[] = ['L1', 'L2', 'L3', 'L4']

/** The highest grade among fields; null when one of them has none. */
export function highestGrade(fields: readonly { grade: Grade | null }[]): Grade | null {
  const ranks = fields.map((field) => (field.grade ? ORDER.indexOf(field.grade) : -1))
  return ranks.length && !ranks.includes(-1) ? (ORDER[Math.max(...ranks)] ?? null) : null
}

/** Name of whoever acted; undefined when it was the platform itself. */
export function actorName(actor: TimelineEntry['actor']): string | undefined {
  return typeof actor === 'string' ? actor : (actor?.name ?? undefined)
}

/** The request behind a grant, however the answer names it. */
export function requestOf(grant: Grant): { id: string; name: string } | undefined {
  const request = grant.request
  if (!request) return undefined
  if (typeof request === 'string') return { id: request, name: request }
  return { id: request.id, name: 'title' in request ? request.title : request.name }
}

/** What may be made into files, in a sentence. */
export function filesText(t: ComposerTranslation, rule: ExportRule): string {
  const files = t(rule.whole ? 'sharing.files.ruleWhole' : 'sharing.files.rule', { rows: formatNumber(rule.mostRows), hours: formatNumber(rule.keptHours) })
  return rule.marks?.length ? files + t('sharing.files.marked', { marks: rule.marks.map((mark) => t(`sharing.files.mark.${mark}`)).join(t('sharing.files.and')) }) : files
}

/** How many calls are allowed, in a sentence. */
export function quotaText(t: ComposerTranslation, of: { perSecond: number; perDay: number; inAll?: number | null }): string {
  const words = { second: formatNumber(of.perSecond), day: formatNumber(of.perDay) }
  return of.inAll ? t('sharing.word.quotaInAll', { ...words, all: formatNumber(of.inAll) }) : t('sharing.word.quota', words)
}
