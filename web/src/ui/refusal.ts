import { useI18n } from 'vue-i18n'
import { permits, refusal, type Allowed } from '@/api'

const CODE = /^[A-Z][A-Z0-9_]+$/

/**
 * Why an act may not be done now, in words; nothing when it may. The server gives a reason in words
 * or a stable code.
 */
export function useRefusal(): (allowed: readonly Allowed[] | undefined, action: string) => string | null {
  const { t, te } = useI18n()
  return (allowed, action) => {
    if (permits(allowed, action)) return null
    const reason = refusal(allowed, action)
    if (!reason) return t('ui.entry.notAllowed')
    if (!CODE.test(reason)) return reason
    return te(`ui.refusal.${reason}`) ? t(`ui.refusal.${reason}`) : t('ui.entry.notAllowed')
  }
}
