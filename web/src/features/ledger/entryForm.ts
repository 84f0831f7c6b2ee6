import { computed, nextTick, onMounted, reactive, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiProblem, get, patch, post, session, type FieldDefinition, type FieldError, type LedgerEntryDetail, type LedgerType } from '@/api'
import { sentences, useForm } from '@/ui'
import { useServerDraft } from './draft'
import { bare, useEntryCheck } from './entryCheck'
import { asked, changed, filled, same, type Values } from './fields'
import { merge, merged, type MergeField, type Side } from './merge'

interface FormValues {
  /** Only where codes come from outside. */
  code: string
  organisation: string | null
  fields: Values
  reason: string
}

/** Two people changed the entry: what became of it meanwhile, and what must be chosen. */
export interface Conflict {
  theirs: LedgerEntryDetail
  fields: MergeField[]
}

/** The key under which the form's own check of the title stands; the title is a field like others for everybody else. */
const TITLE = 'title'
export const nameOf = (field: string): string => (field === TITLE ? 'fields' : field)

/** The form of an entry: its values, what is wrong with them, the draft at the server, and the merge when another was faster. */
export function useEntryForm(definition: LedgerType, entry: LedgerEntryDetail | undefined, saved: (entry: LedgerEntryDetail) => void) {
  const { t } = useI18n()
  const at = `/ledgers/${definition.id}/entries`
  const fields = computed<FieldDefinition[]>(() => (entry?.fieldDefinitions.length ? entry.fieldDefinitions : definition.fields))
  const given = !entry && definition.identifier === '{given}'
  const base = shallowRef(entry)
  const conflict = shallowRef<Conflict>()
  const touched = reactive(new Set<string>())
  const tried = ref(false)
  const draft = useServerDraft(definition.id, entry?.id ?? '')
  const must = (label: string): string => t('ui.form.mustFill', { label })

  const initial = (): FormValues => ({
    code: '',
    organisation: entry?.organisation?.code ?? session.value?.person.organisation.code ?? null,
    fields: Object.fromEntries(fields.value.map((field) => [field.id, entry?.fields[field.id] ?? (field.id === TITLE ? (entry?.title ?? null) : null)])),
    reason: '',
  })

  const form = useForm<FormValues>({
    initial,
    checks: {
      fields: (values) => !String(values.fields[TITLE] ?? '').trim() && must(fields.value.find((field) => field.id === TITLE)?.name ?? ''),
      organisation: (values) => !values.organisation && must(t('ledger.form.owner')),
      code: (values) => given && !values.code.trim() && must(t('ledger.list.code')),
    },
    place: (error) => ({ ...error, field: nameOf(bare(error.field)) }),
    submit: async (values, idempotencyKey) => {
      const answer = base.value ? await change(base.value, values) : await add(values, idempotencyKey)
      if (!answer) return
      await draft.discard()
      saved(answer)
    },
  })
  const check = useEntryCheck(definition.id, () => {
    const { title, ...rest } = filled(fields.value, form.values.fields)
    return { ...(entry && { id: entry.id }), title: title ?? '', organisation: form.values.organisation, fields: rest }
  })

  function add(values: FormValues, idempotencyKey: string): Promise<LedgerEntryDetail> {
    const { title, ...rest } = filled(fields.value, values.fields)
    return post<LedgerEntryDetail>(at, { ...(given && { code: values.code.trim() }), title, organisation: values.organisation, fields: rest }, { idempotencyKey })
  }

  async function change(from: LedgerEntryDetail, values: FormValues): Promise<LedgerEntryDetail | undefined> {
    const difference = changed(fields.value, { title: from.title, ...from.fields }, values.fields)
    if (!Object.keys(difference).length) return from
    try {
      return await patch<LedgerEntryDetail>(`${at}/${from.id}`, { fields: difference, reason: values.reason.trim() || null }, { version: from.version })
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'VERSION_CONFLICT') throw problem
      const theirs = await get<LedgerEntryDetail>(`${at}/${from.id}`)
      conflict.value = { theirs, fields: merge(fields.value, valuesOf(from), valuesOf(theirs), values.fields) }
      return undefined
    }
  }

  const valuesOf = (one: LedgerEntryDetail): Values => ({ title: one.title, ...one.fields })

  /** Goes on from their version with what was chosen of both. */
  async function resolve(choices: Record<string, Side | null>): Promise<void> {
    const now = conflict.value
    if (!now) return
    form.values.fields = { ...initial().fields, ...merged(valuesOf(now.theirs), now.fields, choices) }
    base.value = now.theirs
    conflict.value = undefined
    await nextTick()
    await form.submit()
  }

  const shown = computed(() => asked(fields.value, form.values.fields))
  /** Errors at fields that were left, and all of them once sending was tried. */
  const errors = computed<FieldError[]>(() => {
    const answered = form.errors.value
    const checked = check.errors.value.map((error) => ({ ...error, field: nameOf(error.field) })).filter((error) => !answered.some((one) => one.field === error.field))
    return [...answered, ...checked.filter((error) => tried.value || touched.has(error.field))]
  })
  const errorOf = (field: string): string | undefined => {
    const error = errors.value.find((one) => one.field === nameOf(field))
    return error && sentences(error.message, error.mend)
  }

  function leave(field: string): void {
    touched.add(nameOf(field))
    if (field === TITLE) form.touch('fields')
    check.ask()
  }

  let watching = false
  watch(form.values, (values) => {
    if (!watching) return
    draft.keep({ ...(base.value && { version: base.value.version }), organisation: values.organisation, fields: values.fields, reason: values.reason })
  })

  onMounted(async () => {
    const kept = await draft.read()
    if (kept && fields.value.some((field) => !same(kept.fields[field.id] ?? null, form.values.fields[field.id]))) {
      if (entry && kept.version && kept.version !== entry.version) base.value = await get<LedgerEntryDetail>(`${at}/${entry.id}`, { query: { version: kept.version } }).catch(() => entry)
      Object.assign(form.values, { organisation: kept.organisation ?? form.values.organisation, fields: { ...form.values.fields, ...kept.fields }, reason: kept.reason ?? '' })
      await nextTick()
    } else draft.restored.value = undefined
    watching = true
    check.ask()
  })

  async function discard(): Promise<void> {
    watching = false
    form.discard()
    base.value = entry
    touched.clear()
    tried.value = false
    await draft.discard()
    await nextTick()
    watching = true
    check.ask()
  }

  async function submit(): Promise<void> {
    tried.value = true
    await form.submit()
  }

  return { form, given, fields, shown, errors, errorOf, leave, submit, discard, draft, check, conflict, resolve, tried }
}
