import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const use = { title: 'usage.title', to: '/use' }
const reclaims = { title: 'usage.reclaim.title', to: '/reclaims' }

export const routes: RouteRecordRaw[] = [
  { path: '/use', component: () => import('./UseList.vue'), meta: { title: 'usage.title', permission: 'grant:read' } },
  { path: '/use/rates', component: () => import('./RatesPage.vue'), meta: { title: 'usage.rates.title', permission: 'indicator:read', crumbs: [use] } },
  { path: '/reclaims', component: () => import('./ReclaimList.vue'), meta: { title: 'usage.reclaim.title', permission: 'grant:read', crumbs: [use] } },
  { path: '/reclaims/:id', props: true, component: () => import('./ReclaimPage.vue'), meta: { permission: 'grant:read', crumbs: [use, reclaims] } },
]

export const navigation: NavigationEntry[] = [
  { title: 'usage.title', to: '/use', icon: 'activity', group: 'sharing', order: 34, permission: 'grant:read', covers: ['/reclaims'] },
  { title: 'usage.rates.title', to: '/use/rates', icon: 'indicator', group: 'sharing', order: 35, permission: 'indicator:read', without: 'grant:read' },
]

export const places: Record<string, Component> = { 'sharing.grant.use': defineAsyncComponent(() => import('./GrantPart.vue')) }
