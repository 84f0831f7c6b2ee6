import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiProblem, can, get, organisations, type Organisation, type Position } from '@/api'
import { boxAround, useLoad, type NamedPlace, type Option } from '@/ui'

const DIVISIONS = ['CITY', 'COUNTY', 'TOWN']

/** The divisions' outlines as the platform's map has them. */
interface Borders {
  divisions: { name: string; rings: Position[][] }[]
}

const known = new Map<string, Promise<NamedPlace[]>>()

/** Where the divisions lie, each in the middle of its outline; nowhere for those who may not see the map. */
async function places(): Promise<NamedPlace[]> {
  if (!can('device:read')) return []
  try {
    const { divisions } = await get<Borders>('/devices/borders')
    return divisions.flatMap((one) => {
      const box = boxAround(one.rings.flat())
      return box ? [{ name: one.name, at: [(box.west + box.east) / 2, (box.south + box.north) / 2] as Position }] : []
    })
  } catch (problem) {
    // A map without names is still a map.
    if (!(problem instanceof ApiProblem)) throw problem
    return []
  }
}

/** Where the divisions lie, asked once per language and only where a map is shown. */
export function useDivisionPlaces(): ComputedRef<NamedPlace[]> {
  const { locale } = useI18n()
  const loaded = useLoad(() => {
    const asked = known.get(locale.value) ?? places()
    known.set(locale.value, asked)
    return asked
  }, () => locale.value)
  return computed(() => loaded.data.value ?? [])
}

/** The city's organisations as choices and its divisions. */
export function useOrganisations(): { all: ComputedRef<Option[]>; divisions: ComputedRef<Option[]>; names: ComputedRef<Map<string, string>> } {
  const { locale } = useI18n()
  const loaded = useLoad(() => organisations(), () => locale.value)
  const list = computed<Organisation[]>(() => loaded.data.value ?? [])
  const nameOf = (one: Organisation): string => (locale.value === 'en' ? one.nameEn || one.name : one.name)
  const names = computed(() => new Map(list.value.map((one) => [one.code, nameOf(one)])))
  const choices = (some: readonly Organisation[]): Option[] =>
    some.map((one) => {
      const hint = one.parent ? names.value.get(one.parent) : undefined
      return { value: one.code, label: nameOf(one), ...(hint && { hint }) }
    })
  return {
    names,
    all: computed(() => choices(list.value)),
    divisions: computed(() => choices(list.value.filter((one) => DIVISIONS.includes(one.kind)))),
  }
}
