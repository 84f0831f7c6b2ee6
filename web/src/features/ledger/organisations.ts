import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { organisations, type Organisation } from '@/api'
import { useLoad, type NamedPlace, type Option } from '@/ui'

const DIVISIONS = ['CITY', 'COUNTY', 'TOWN']

/** The city's organisations as choices, its divisions, and where these lie as far as the city says. */
export function useOrganisations(): { all: ComputedRef<Option[]>; divisions: ComputedRef<Option[]>; names: ComputedRef<Map<string, string>>; places: ComputedRef<NamedPlace[]> } {
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
    places: computed(() => list.value.flatMap((one) => (one.centre ? [{ name: nameOf(one), at: one.centre }] : []))),
  }
}
