import type { RouteRecordRaw } from 'vue-router'
import { defineAsyncComponent } from 'vue'
import type { NavigationEntry } from '@/ui'

const crumbs = [{ title: 'device.title', to: '/devices' }]

export const routes: RouteRecordRaw[] = [
  { path: 'devices', component: () => import('./DevicesPage.vue'), meta: { title: 'device.title', permission: 'device:read' } },
  { path: 'devices/:id', component: () => import('./DevicePage.vue'), props: true, meta: { title: 'device.one.title', permission: 'device:read', crumbs } },
]

export const navigation: NavigationEntry[] = [{ title: 'device.title', to: '/devices', icon: 'device', group: 'data', order: 24, permission: 'device:read' }]

export const places = { 'ledger.entry.aside': defineAsyncComponent(() => import('./EntryPart.vue')) }
