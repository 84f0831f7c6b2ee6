import type { RouteRecordRaw } from 'vue-router'
import { entryPanel, type NavigationEntry } from '@/ui'

const crumbs = [{ title: 'device.title', to: '/devices' }]

export const routes: RouteRecordRaw[] = [
  { path: 'devices', component: () => import('./DevicesPage.vue'), meta: { title: 'device.title', permission: 'device:read' } },
  { path: 'devices/:id', component: () => import('./DevicePage.vue'), props: true, meta: { title: 'device.one.title', permission: 'device:read', crumbs } },
]

export const navigation: NavigationEntry[] = [{ title: 'device.title', to: '/devices', icon: 'device', group: 'data', order: 24, permission: 'device:read' }]

/** On the page of a device's entry in the ledger. */
entryPanel('device', () => import('./DevicePanel.vue'))
