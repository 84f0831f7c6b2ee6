import { onScopeDispose, ref, type Ref } from 'vue'
import { ApiProblem, get, put, remove, type DraftContent, type EntryDraft, type Time } from '@/api'

/** How long after the last key a draft is kept. */
const PAUSE = 1500

export interface ServerDraft {
  /** When the restored draft was kept; nothing when none was. */
  restored: Ref<Time | undefined>
  /** When the present content was kept last. */
  kept: Ref<Time | undefined>
  /** The last attempt to keep it did not reach the server. */
  failed: Ref<boolean>
  /** The draft from before, if there is one. */
  read: () => Promise<DraftContent | undefined>
  /** Keeps the content a little later; what comes sooner replaces it. */
  keep: (content: DraftContent) => void
  /** Forgets it, and keeps nothing that is still under way. */
  discard: () => Promise<void>
}

/** A form's draft at the server: it is there again at another machine. Nobody else sees it. */
export function useServerDraft(type: string, entry: string): ServerDraft {
  const path = `/ledgers/${type}/draft`
  const query = { entry }
  const restored = ref<Time>()
  const kept = ref<Time>()
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: DraftContent | undefined
  let sending = Promise.resolve()

  async function send(): Promise<void> {
    clearTimeout(timer)
    const content = waiting
    waiting = undefined
    if (!content) return
    try {
      await put(path, { content }, { query })
      kept.value = new Date().toISOString()
      failed.value = false
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem
      failed.value = true
    }
  }

  function flush(): void {
    sending = sending.then(send)
  }

  onScopeDispose(flush)

  return {
    restored,
    kept,
    failed,
    read: async () => {
      try {
        const draft = await get<EntryDraft | undefined>(path, { query })
        if (!draft?.content?.fields) return undefined
        restored.value = draft.time
        return draft.content
      } catch (problem) {
        if (problem instanceof ApiProblem) return undefined
        throw problem
      }
    },
    keep: (content) => {
      waiting = content
      clearTimeout(timer)
      timer = setTimeout(flush, PAUSE)
    },
    discard: async () => {
      clearTimeout(timer)
      waiting = undefined
      restored.value = undefined
      kept.value = undefined
      await sending
      await remove(path, { query }).catch((problem: unknown) => {
        if (!(problem instanceof ApiProblem)) throw problem
      })
    },
  }
}
