import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const crumbs = [{ title: 'device.title', to: '/devices' }]

export const routes: RouteRecordRaw[] = [
  { path: 'devices', component: () => import('./DevicesPage.vue'), meta: { title: 'device.title', permission: 'device:read' } },
  { path: 'devices/:id', component: () => import('./DevicePage.vue'), props: true, meta: { title: 'device.one.title', permission: 'device:read', crumbs } },
]

export const navigation: NavigationEntry[] = [{ title: 'device.title', to: '/devices', icon: 'device', group: 'data', order: 24, permission: 'device:read' }]

/** How a device fares, on the page of its entry in the ledger. */
export const places: Record<string, Component> = { 'ledger.entry.aside': defineAsyncComponent(() => import('./EntryPart.vue')) }
