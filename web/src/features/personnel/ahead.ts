import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { ApiProblem, can, post } from '@/api'
import type { Ahead } from './types'

/** A change to an entry that somebody thinks of. */
export interface Change {
  action?: string
  removed?: boolean
  fields?: Record<string, unknown>
}

const PAUSE = 300
const NAMED: Record<string, (entry: string) => string> = {
  'key-person': (entry) => `/personnel/${entry}/ahead`,
  vendor: (entry) => `/personnel/vendors/${entry}/ahead`,
}

/** Whether a change to an entry of a ledger may end somebody's access, as far as the asker may know. */
export function concerns(type: string): boolean {
  return type in NAMED && can('personnel:read')
}

/** Asks what a change would take away, a moment after it was changed last. */
export function useAhead(of: () => { type: string; entry: string; change: Change }): { answer: ShallowRef<Ahead | undefined>; problem: ShallowRef<unknown> } {
  const answer = shallowRef<Ahead>()
  const problem = shallowRef<unknown>()
  let timer = 0
  let running = new AbortController()

  async function ask(): Promise<void> {
    running.abort()
    const mine = (running = new AbortController())
    const { type, entry, change } = of()
    const path = NAMED[type]?.(entry)
    if (!path) return
    try {
      const found = await post<Ahead>(path, change, { signal: mine.signal })
      if (mine.signal.aborted) return
      answer.value = found
      problem.value = undefined
    } catch (failure) {
      if (mine.signal.aborted) return
      answer.value = undefined
      // Who may not see the person, or an entry that no access hangs on, is not told of it.
      problem.value = failure instanceof ApiProblem && (failure.status === 403 || failure.status === 404) ? undefined : failure
    }
  }

  void ask()
  watch(() => JSON.stringify(of()), () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), PAUSE)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running.abort()
  })
  return { answer, problem }
}
