import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const list = { title: 'superior.below.title', to: '/subordinates' }

export const routes: RouteRecordRaw[] = [
  { path: '/uplink', component: () => import('./UplinkPage.vue'), meta: { title: 'superior.above.title', permission: 'uplink:read' } },
  { path: '/subordinates', component: () => import('./SubordinateList.vue'), meta: { title: 'superior.below.title', permission: 'subordinate:read' } },
  { path: '/subordinates/:id', props: true, component: () => import('./SubordinatePage.vue'), meta: { permission: 'subordinate:read', crumbs: [list] } },
]

export const navigation: NavigationEntry[] = [
  { title: 'superior.above.title', to: '/uplink', icon: 'arrow-up', group: 'sharing', order: 38, permission: 'uplink:read' },
  { title: 'superior.below.title', to: '/subordinates', icon: 'arrow-down', group: 'sharing', order: 39, permission: 'subordinate:read' },
]

export const places: Record<string, Component> = { 'sharing.interface.marks': defineAsyncComponent(() => import('./HoldMark.vue')) }
