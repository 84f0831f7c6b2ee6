import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, post, type EntryCheck, type FieldError, type Finding } from '@/api'

const PAUSE = 250

/** What the server says about a form as it stands, without writing anything. */
export interface RunningCheck {
  errors: ShallowRef<FieldError[]>
  findings: ShallowRef<Finding[] | undefined>
  busy: Ref<boolean>
  ask: () => void
}

/** The name of a field without the path of the request around it. */
export function bare(field: string): string {
  return field.replace(/^fields\./, '').replace(/\[\d+\]$/, '')
}

/** Asks a little after the last call; an older answer never overwrites a newer one. */
export function useEntryCheck(type: string, body: () => Record<string, unknown>): RunningCheck {
  const errors = shallowRef<FieldError[]>([])
  const findings = shallowRef<Finding[]>()
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function run(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      const answer = await post<EntryCheck>(`/ledgers/${type}/check`, body(), { signal: mine.signal })
      errors.value = answer.errors.map((error) => ({ ...error, field: bare(error.field) }))
      findings.value = answer.findings
    } catch (problem) {
      if (mine.signal.aborted) return
      // What cannot be checked now is checked when the form is sent.
      if (!(problem instanceof ApiProblem)) throw problem
      errors.value = problem.errors.map((error) => ({ ...error, field: bare(error.field) }))
    }
    busy.value = false
  }

  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return {
    errors,
    findings,
    busy,
    ask: () => {
      clearTimeout(timer)
      timer = setTimeout(() => void run(), PAUSE)
    },
  }
}
