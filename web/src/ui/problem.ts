import { useI18n } from 'vue-i18n'
import { ApiProblem } from '@/api'
import { sentences } from './format'

/** A failure in words: what happened, more about it, and what to do. */
export interface ProblemWords {
  title: string
  detail: string
  code: string
}

/** Words for any failure, in the page's language. */
export function useProblemWords(): (failure: unknown) => ProblemWords {
  const { t } = useI18n()
  return (failure) => {
    if (!(failure instanceof ApiProblem)) return { title: t('ui.error.title'), detail: t('ui.error.server'), code: '' }
    const { code } = failure
    if (failure.unreachable) return { title: t('ui.error.unreachable'), detail: t('ui.error.unreachableHint'), code }
    if (failure.status === 412) return { title: t('ui.error.conflict'), detail: '', code }
    const title = failure.title || failure.detail || t(failure.status === 404 ? 'ui.missing.title' : 'ui.error.title')
    const known = sentences(failure.detail === title ? '' : failure.detail, failure.mend)
    return { title, detail: known || (failure.detail ? '' : t(failure.status === 404 ? 'ui.missing.hint' : 'ui.error.server')), code }
  }
}
