import { defineAsyncComponent, type Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const list = { title: 'violation.title', to: '/violations' }

export const routes: RouteRecordRaw[] = [
  { path: '/violations', component: () => import('./ViolationList.vue'), meta: { title: 'violation.title', permission: 'violation:read' } },
  { path: '/violations/rules', component: () => import('./RulesPage.vue'), meta: { title: 'violation.rules.title', permission: 'violation:read', crumbs: [list] } },
  { path: '/violations/:id', props: true, component: () => import('./ViolationPage.vue'), meta: { permission: 'violation:read', crumbs: [list] } },
]

export const navigation: NavigationEntry[] = [{ title: 'violation.title', to: '/violations', icon: 'warning', group: 'sharing', order: 36, permission: 'violation:read' }]

const mark = defineAsyncComponent(() => import('./ViolationMark.vue'))
export const places: Record<string, Component> = { 'sharing.application.marks': mark, 'sharing.grant.marks': mark, 'sharing.interface.marks': mark }
