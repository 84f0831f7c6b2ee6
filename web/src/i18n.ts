import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { forgetNames, useLanguage } from '@/api'

/** The words of one feature: the same keys in Chinese and in English. */
interface Words {
  zh: Record<string, unknown>
  en: Record<string, unknown>
}

export type Language = 'zh-CN' | 'en'

const STORED = 'tiaoxi.language'

/** Every feature's words stand under the feature's folder name. */
const features = import.meta.glob<Words>('./features/*/messages.ts', { eager: true })
const own = import.meta.glob<Words>(['./ui/messages.ts', './shell/messages.ts'], { eager: true })

function collect(language: keyof Words): Record<string, never> {
  return Object.fromEntries(
    Object.entries({ ...own, ...features }).map(([path, words]) => [path.split('/').at(-2), words[language]]),
  ) as Record<string, never>
}

function initial(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'zh-CN' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export const i18n = createI18n({
  legacy: false,
  locale: initial(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': collect('zh'), en: collect('en') },
})

/** The language the pages are not in now, and its name in itself. */
export const otherLanguage = computed<Language>(() => (i18n.global.locale.value === 'en' ? 'zh-CN' : 'en'))
export const otherLanguageName = computed(() => {
  const tag = otherLanguage.value === 'en' ? 'en' : 'zh'
  return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
})

/** The words for a key, outside a component. */
export function translate(key: string): string {
  return (i18n.global as unknown as { t: (key: string) => string }).t(key)
}

function apply(language: Language): void {
  document.documentElement.lang = language
  useLanguage(language)
}

/** Changes the language of the pages and of the server's answers. */
export function setLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
  i18n.global.locale.value = language
  forgetNames()
  apply(language)
}

apply(i18n.global.locale.value as Language)
