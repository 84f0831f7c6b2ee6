import { useI18n } from 'vue-i18n'

/** Lengths of time in words, in the largest unit that leaves more than one of it. */
export function useDurations(): (seconds: number) => string {
  const { t } = useI18n()
  return (seconds) => {
    const n = (unit: number): string => String(Math.round((seconds / unit) * 10) / 10)
    if (seconds < 120) return t('device.one.seconds', { n: n(1) })
    if (seconds < 7200) return t('device.one.minutes', { n: n(60) })
    return seconds < 172_800 ? t('device.one.hours', { n: n(3600) }) : t('device.one.days', { n: n(86_400) })
  }
}
