import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'indicators', component: () => import('./IndicatorsPage.vue'), meta: { title: 'indicator.title', permission: 'indicator:read' } },
  {
    path: 'indicators/:id',
    component: () => import('./IndicatorPage.vue'),
    props: true,
    meta: { permission: 'indicator:read', crumbs: [{ title: 'indicator.title', to: '/indicators' }] },
  },
]

export const navigation: NavigationEntry[] = [
  { title: 'indicator.title', to: '/indicators', icon: 'indicator', group: 'work', order: 13, permission: 'indicator:read' },
]
