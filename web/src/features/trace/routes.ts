import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'trace', component: () => import('./TracePage.vue'), meta: { title: 'trace.title', permission: 'trace:read' } },
  { path: 'trace/timeline', component: () => import('./TimelinePage.vue'), meta: { permission: 'trace:read', crumbs: [{ title: 'trace.title', to: '/trace' }] } },
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

const timeline = defineAsyncComponent(() => import('./TimelineLink.vue'))
export const places: Record<string, Component> = { 'entry.acts': timeline }
