import { get, type Facet, type FieldDefinition, type LedgerEntry, type LedgerType } from '@/api'
import { formatNumber, type Column, type Filter, type Option } from '@/ui'
import { cellWords } from './fields'
import { FIELD } from './query'

type Words = (key: string, named?: Record<string, unknown>) => string

/** So many filters of fields stand in the sentence unasked. */
const UNASKED = 3
/** Columns of the type's own that show at first: more do not fit beside the common ones. */
const OWN = typeof window !== 'undefined' && window.innerWidth >= 1500 ? 3 : 1

/** The filters that every ledger's sentence has. */
export function commonFilters(definition: LedgerType | undefined, t: Words): Filter[] {
  return [
    { name: 'organisation', label: t('ledger.list.organisation'), kind: 'organisation', any: t('ui.organisation.any') },
    { name: 'state', label: t('ledger.list.state'), kind: 'choice', any: t('ledger.list.anyState'), options: (definition?.states ?? []).map((state) => ({ value: state.code, label: state.name })) },
    { name: 'standardised', label: t('ledger.rate'), kind: 'choice', any: t('ledger.list.anyStandard'), options: [{ value: 'true', label: t('ledger.list.isStandard') }, { value: 'false', label: t('ledger.list.notStandard') }] },
    { name: 'removed', label: t('ledger.list.removed'), kind: 'choice', any: t('ledger.list.present'), options: [{ value: 'true', label: t('ledger.list.isRemoved') }] },
  ]
}

/** The type's own filters: a few, and all that are set. */
export function fieldFilters(definition: LedgerType | undefined, type: string, set: Record<string, string>, t: Words): Filter[] {
  const ids = definition?.filters ?? []
  const rule: Filter = { name: 'finding', label: t('ledger.list.rule'), kind: 'choice', any: t('ui.filter.any'), options: (definition?.rules ?? []).map((one) => ({ value: one.id, label: one.name })) }
  const fields = ids.flatMap((id, index): Filter[] => {
    const field = definition?.fields.find((one) => one.id === id)
    const name = FIELD + id
    if (!field || (index >= UNASKED && set[name] === undefined)) return []
    const common = { name, label: field.name, any: t('ui.filter.any') }
    return field.type === 'organisation' ? [{ ...common, kind: 'organisation' }] : [{ ...common, kind: 'choice', options: optionsOf(field, type, t) }]
  })
  return [...(set['finding'] ? [rule] : []), ...fields]
}

/** The choices of a filter: the field's codes, or what its entries have. */
function optionsOf(field: FieldDefinition, type: string, t: Words): Option[] | (() => Promise<Option[]>) {
  if (field.type === 'boolean') return [{ value: 'true', label: t('ui.word.yes') }, { value: 'false', label: t('ui.word.no') }]
  if (field.codes) return field.codes.map((one) => ({ value: one.code, label: one.name }))
  return async () => {
    const facets = await get<Facet[]>(`/ledgers/${type}/facets`)
    const values = facets.find((one) => one.field === field.id || one.field === FIELD + field.id)?.values ?? []
    return values.map((one) => ({ value: one.value, label: `${one.name} (${formatNumber(one.count)})` }))
  }
}

/** The columns of a ledger's list: what all entries have, then what the type shows. */
export function entryColumns(definition: LedgerType | undefined, t: Words, names: Map<string, string>): Column<LedgerEntry>[] {
  const own = (definition?.columns ?? []).filter((id) => id !== 'title')
  const fields = own.flatMap((id) => definition?.fields.find((field) => field.id === id) ?? [])
  return [
    { key: 'title', title: t('ledger.list.name'), sort: true, wrap: true },
    { key: 'code', title: t('ledger.list.code'), as: 'code', sort: true },
    { key: 'organisation', title: t('ledger.list.owner'), as: 'organisation', sort: true, wrap: true, width: '130px' },
    { key: 'state', title: t('ledger.list.state'), sort: true },
    ...fields.map((field, index): Column<LedgerEntry> => ({ key: `field-${field.id}`, title: field.name, hidden: index >= OWN, wrap: true, ...(field.sorted && !definition?.managed && { sort: FIELD + field.id }), ...(field.type === 'number' && { align: 'end' as const }), value: (row) => cellWords(field, row, t, names) })),
    { key: 'findings', title: t('ledger.list.findings'), sort: true },
    { key: 'score', title: t('ledger.list.score'), as: 'number', sort: true, hidden: true, value: (row) => (row.score === null || row.score === undefined ? null : Math.round(row.score * 100)) },
    { key: 'updated', title: t('ledger.list.updated'), as: 'time', sort: true },
  ]
}
