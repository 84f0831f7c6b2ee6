import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'trace', component: () => import('./TracePage.vue'), meta: { title: 'trace.title', permission: 'trace:read' } },
  {
    path: 'trace/records/:id',
    component: () => import('./RecordPage.vue'),
    props: true,
    meta: { permission: 'trace:read', crumbs: [{ title: 'trace.title', to: '/trace' }] },
  },
]

export const navigation: NavigationEntry[] = [
  { title: 'trace.title', to: '/trace', icon: 'trace', group: 'evidence', order: 53, permission: 'trace:read' },
]
