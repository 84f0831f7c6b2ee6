import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, post, type TypeTrial } from '@/api'

const PAUSE = 700

/** What the server says about the text of a type: its mistakes, and what it would do to the entries. */
export interface TypeCheck {
  trial: ShallowRef<TypeTrial | undefined>
  problem: ShallowRef<ApiProblem | undefined>
  /** The text has changed since the last answer. */
  waiting: Ref<boolean>
  busy: Ref<boolean>
  ask: () => void
  now: () => void
}

/** Checks a little after the last key; an older answer never overwrites a newer one. */
export function useTypeCheck(type: string, text: () => string): TypeCheck {
  const trial = shallowRef<TypeTrial>()
  const problem = shallowRef<ApiProblem>()
  const waiting = ref(false)
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function run(): Promise<void> {
    clearTimeout(timer)
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      trial.value = await post<TypeTrial>(`/ledgers/${type}/type-versions/check`, { yaml: text() }, { signal: mine.signal })
      problem.value = undefined
    } catch (failure) {
      if (mine.signal.aborted) return
      if (!(failure instanceof ApiProblem)) throw failure
      problem.value = failure
    }
    busy.value = false
    waiting.value = false
  }

  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return {
    trial,
    problem,
    waiting,
    busy,
    ask: () => {
      waiting.value = true
      clearTimeout(timer)
      timer = setTimeout(() => void run(), PAUSE)
    },
    now: () => void run(),
  }
}
