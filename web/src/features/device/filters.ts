import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { get, type Items } from '@/api'
import type { Filter } from '@/ui'
import { STATES, type DeviceKind } from './types'

/** The filters of devices; `states` is for what shows how they fare now. */
export function useDeviceFilters(states: boolean): ComputedRef<Filter[]> {
  const { t } = useI18n()
  const kinds = async () => (await get<Items<DeviceKind>>('/devices/kinds')).items.map((kind) => ({ value: kind.code, label: kind.name }))
  return computed<Filter[]>(() => [
    { name: 'organisation', label: t('device.filter.organisation'), kind: 'organisation', any: t('ui.organisation.any') },
    { name: 'kind', label: t('device.filter.kind'), kind: 'choice', any: t('device.filter.anyKind'), options: kinds },
    ...(states ? [{ name: 'state', label: t('device.filter.state'), kind: 'choice' as const, any: t('device.filter.anyState'), options: STATES.map((value) => ({ value, label: t(`device.state.${value}`) })) }] : []),
  ])
}
