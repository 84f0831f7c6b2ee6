import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'gateways', component: () => import('./GatewaysPage.vue'), meta: { title: 'gateway.title', permission: 'gateway:read' } },
  { path: 'gateways/live', component: () => import('./LivePage.vue'), meta: { title: 'gateway.live.title', permission: 'gateway:read', crumbs: [{ title: 'gateway.title', to: '/gateways' }] } },
  { path: 'calls', component: () => import('./CallsPage.vue'), meta: { title: 'gateway.calls.title', permission: 'trace:read' } },
  {
    path: 'calls/:id',
    component: () => import('./CallPage.vue'),
    props: true,
    meta: { title: 'gateway.call.title', permission: 'trace:read', crumbs: [{ title: 'gateway.calls.title', to: '/calls' }] },
  },
]

export const navigation: NavigationEntry[] = [
  { title: 'gateway.title', to: '/gateways', icon: 'gateway', group: 'evidence', order: 50, permission: 'gateway:read' },
  { title: 'gateway.live.title', to: '/gateways/live', icon: 'activity', group: 'evidence', order: 51, permission: 'gateway:read' },
  { title: 'gateway.calls.title', to: '/calls', icon: 'call', group: 'evidence', order: 52, permission: 'trace:read' },
]
