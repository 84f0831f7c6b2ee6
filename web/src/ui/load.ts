import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** Something read from the server: what came, or why it did not. */
export interface Loading<Data> {
  data: ShallowRef<Data | undefined>
  problem: ShallowRef<unknown>
  busy: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Reads when the page opens and whenever `key` changes; an older answer never overwrites a newer
 * one. While it reads again what was there stays.
 */
export function useLoad<Data>(read: (signal: AbortSignal) => Promise<Data>, key: () => unknown = () => undefined): Loading<Data> {
  const data = shallowRef<Data>()
  const problem = shallowRef<unknown>()
  const busy = ref(true)
  let running: AbortController | undefined

  async function reload(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      const answer = await read(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = undefined
    } catch (failure) {
      if (mine.signal.aborted) return
      problem.value = failure
      data.value = undefined
    }
    busy.value = false
  }

  watch(() => JSON.stringify(key()), () => void reload(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, problem, busy, reload }
}
