import { ref, shallowRef, watch, onScopeDispose, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, post, type FieldValue, type RequestState } from '@/api'

export type Decision = 'OPEN' | 'SAME' | 'DIFFERENT'

/** What two entries share in one field, and which part of the score is due to it. */
export interface Reason {
  kind: 'TITLE' | 'WORDS' | 'VALUES' | 'REFERENCES' | 'ORGANISATION'
  field: string
  fieldName: string
  words: string[]
  share: number
}

export interface PairEnd {
  id: string
  code: string
  title: string
  organisation: { code: string; name: string }
  state: string
  stateName: string
  link: string
}

export interface SimilarEntry extends PairEnd {
  score: number
  alarm: boolean
  decision: Decision | null
  reasons: Reason[]
}

export interface SimilarAnswer {
  checked: number
  threshold: number
  items: SimilarEntry[]
  hidden: number
}

export interface Pair {
  id: string
  type: string
  typeName: string
  first: PairEnd
  second: PairEnd
  score: number
  reasons: Reason[]
  found: string
  current: boolean
  decision: Decision
  decided: { username: string; name: string; time: string; reason: string } | null
  mayDecide: boolean
  version: number
}

/** A request for data as far as it is written. */
export interface RequestDraft {
  interface: string
  /** The returned request that is being mended. */
  request?: string
  application: string
  fields: string[]
  purpose: string
  matter: string
}

export interface LikeDataset extends PairEnd {
  score: number
  alarm: boolean
  reasons: Reason[]
}

export interface LikeRequest {
  id: string
  number: string
  state: RequestState
  dataset: { id: string; name: string }
  organisation: { code: string; name: string }
  purpose: string
  created: string
  link: string
  score: number
  alarm: boolean
  reasons: Reason[]
}

/** What there already is like a request in writing, the likest first. */
export interface Precedents {
  datasets: LikeDataset[]
  requests: LikeRequest[]
}

/** What is being filled in. */
export interface Proposal {
  id?: string | null
  title: string
  organisation: string | null
  fields: Record<string, FieldValue | FieldValue[] | null>
}

/** A title shorter than this tells nothing yet. */
const LEAST_CHARACTERS = 2
const PAUSE = 400

/** Whether there is something to ask about. */
export function tellsSomething(proposal: Proposal): boolean {
  return proposal.title.trim().length >= LEAST_CHARACTERS
}

/** What came of the last question. */
export interface Answering<A> {
  answer: ShallowRef<A | undefined>
  problem: ShallowRef<unknown>
  busy: Ref<boolean>
}

/** Asks for the nearest entries when the typing pauses; a ledger that is not compared stays silent. */
export function useSimilar(type: () => string, proposal: () => Proposal): Answering<SimilarAnswer> {
  return useAnswering(() => (tellsSomething(proposal()) ? `/ledgers/${type()}/duplicates` : undefined), proposal)
}

/** Asks which datasets and requests a request in writing is like, when the typing pauses. */
export function usePrecedents(draft: () => RequestDraft): Answering<Precedents> {
  return useAnswering(() => '/requests/similar', draft)
}

/** Sends what is being written when it changes no more for a moment; nothing where there is no path. */
function useAnswering<A>(path: () => string | undefined, body: () => unknown): Answering<A> {
  const answer: ShallowRef<A | undefined> = shallowRef()
  const problem = shallowRef<unknown>()
  const busy = ref(false)
  let timer = 0
  let running = new AbortController()

  async function ask(): Promise<void> {
    running.abort()
    const mine = (running = new AbortController())
    const to = path()
    if (!to) {
      answer.value = undefined
      busy.value = false
      return
    }
    busy.value = true
    try {
      const found = await post<A>(to, body(), { signal: mine.signal })
      if (mine.signal.aborted) return
      answer.value = found
      problem.value = undefined
    } catch (failure) {
      if (mine.signal.aborted) return
      answer.value = undefined
      problem.value = failure instanceof ApiProblem && failure.code === 'DUPLICATES_NOT_COMPARED' ? undefined : failure
    }
    busy.value = false
  }

  watch(() => JSON.stringify([path(), body()]), () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), PAUSE)
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    running.abort()
  })
  return { answer, problem, busy }
}
