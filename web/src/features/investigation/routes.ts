import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const list = { title: 'investigation.title', to: '/trace/investigations' }

export const routes: RouteRecordRaw[] = [
  { path: '/trace/investigations', component: () => import('./InvestigationList.vue'), meta: { title: 'investigation.title', permission: 'investigation:read' } },
  { path: '/trace/investigations/new', component: () => import('./NewInvestigation.vue'), meta: { title: 'investigation.begin.title', permission: 'investigation:run', crumbs: [list] } },
  { path: '/trace/investigations/:id', props: true, component: () => import('./InvestigationPage.vue'), meta: { permission: 'investigation:read', crumbs: [list] } },
  { path: '/trace/subject-keys', component: () => import('./SubjectKeys.vue'), meta: { title: 'investigation.keys.title', permission: 'investigation:keys', crumbs: [list] } },
]

export const navigation: NavigationEntry[] = [{ title: 'investigation.title', to: '/trace/investigations', icon: 'search', group: 'evidence', order: 54, permission: 'investigation:read', covers: ['/trace/subject-keys'] }]

const evidence = defineAsyncComponent(() => import('./EvidenceButton.vue'))
export const places: Record<string, Component> = { 'trace.record.acts': evidence, 'gateway.call.acts': evidence }
