import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, post, type Assessment, type RequestBody } from '@/api'

/** What the rules make of a request that is still being written. */
export interface LiveAssessment {
  data: ShallowRef<Assessment | undefined>
  problem: ShallowRef<ApiProblem | undefined>
  busy: Ref<boolean>
  /** There is not enough yet to ask the rules. */
  early: Ref<boolean>
}

const PAUSE = 350
/** Stands for a purpose that is not written yet, so that the rules say what they can so far. */
const UNSAID = '…'

/** Asks the rules a moment after the last change; nothing is written by it. */
export function useAssessment(body: () => RequestBody): LiveAssessment {
  const data = shallowRef<Assessment>()
  const problem = shallowRef<ApiProblem>()
  const busy = ref(false)
  const early = ref(true)
  let timer = 0
  let running: AbortController | undefined

  async function ask(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      const answer = await post<Assessment>('/requests/assessment', { ...body(), purpose: body().purpose || UNSAID }, { signal: mine.signal })
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = undefined
    } catch (failure) {
      if (mine.signal.aborted) return
      if (!(failure instanceof ApiProblem)) throw failure
      data.value = undefined
      problem.value = failure
    }
    busy.value = false
  }

  watch(
    () => JSON.stringify(body()),
    () => {
      clearTimeout(timer)
      early.value = !body().fields.length || !body().application
      if (early.value) {
        running?.abort()
        data.value = undefined
        problem.value = undefined
      } else timer = window.setTimeout(() => void ask(), PAUSE)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { data, problem, busy, early }
}
