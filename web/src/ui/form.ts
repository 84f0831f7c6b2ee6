import { computed, reactive, ref, toRaw, watch } from 'vue'
import { ApiProblem, idempotencyKey, type FieldError } from '@/api'
import { sentences } from './format'

/** What is wrong with a value, in words, or nothing. */
type Check<Values> = (values: Values) => string | undefined | false

export interface FormOptions<Values extends object> {
  /** Where the draft is kept in this browser; without it no draft is kept. */
  draft?: string
  initial: () => Values
  checks?: Partial<Record<keyof Values & string, Check<Values>>>
  /** Where an error of the server belongs in this form; the server names it by its path in the request. */
  place?: (error: FieldError) => FieldError
  /** Carries it out. The key makes a creation safe to repeat. */
  submit: (values: Values, key: string) => Promise<void>
}

/**
 * A form: its values, the errors of the fields left so far, the draft that is kept by itself, and
 * the act. Errors of the server are shown at their fields until these change.
 */
export function useForm<Values extends object>(options: FormOptions<Values>) {
  const store = options.draft ? `tiaoxi.draft.${options.draft}` : undefined
  const kept = store ? readDraft<Values>(store) : undefined
  const values = reactive({ ...options.initial(), ...kept }) as Values
  const restored = ref(kept !== undefined)
  const touched = reactive(new Set<string>())
  const answered = ref<FieldError[]>([])
  const problem = ref<ApiProblem>()
  const busy = ref(false)
  let key = idempotencyKey()

  const found = computed(() =>
    Object.entries(options.checks ?? {}).flatMap(([field, check]) => {
      const message = (check as Check<Values>)(values)
      return message ? [{ field, message }] : []
    }),
  )
  const shown = computed<FieldError[]>(() => [...found.value.filter((one) => touched.has(one.field)), ...answered.value])

  watch(values, () => {
    answered.value = []
    key = idempotencyKey()
    if (store) localStorage.setItem(store, JSON.stringify(toRaw(values)))
  })

  function touch(field: keyof Values & string): void {
    touched.add(field)
  }

  function errorOf(field: string): string | undefined {
    const error = shown.value.find((one) => one.field === field)
    return error && sentences(error.message, error.mend)
  }

  function discard(): void {
    Object.assign(values, options.initial())
    touched.clear()
    answered.value = []
    problem.value = undefined
    restored.value = false
    if (store) queueMicrotask(() => localStorage.removeItem(store))
  }

  /** Checks everything, then submits; true when it was carried out. */
  async function submit(): Promise<boolean> {
    if (busy.value) return false
    problem.value = undefined
    Object.keys(options.checks ?? {}).forEach((field) => touched.add(field))
    if (found.value.length) return false
    busy.value = true
    try {
      await options.submit(structuredClone(deepRaw(values)), key)
      if (store) localStorage.removeItem(store)
      return true
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure
      answered.value = failure.errors.map((error) => options.place?.(error) ?? error)
      problem.value = failure
      return false
    } finally {
      busy.value = false
    }
  }

  return { values, errors: shown, problem, busy, restored, errorOf, touch, submit, discard }
}

function deepRaw<Values>(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values
}

function readDraft<Values>(store: string): Partial<Values> | undefined {
  const text = localStorage.getItem(store)
  if (!text) return undefined
  try {
    return JSON.parse(text) as Partial<Values>
  } catch {
    localStorage.removeItem(store)
    return undefined
  }
}
