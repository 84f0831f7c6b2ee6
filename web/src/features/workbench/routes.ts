import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: '', component: () => import('./HomePage.vue'), meta: { title: 'workbench.title' } },
  { path: 'tasks', component: () => import('./TasksPage.vue'), meta: { title: 'workbench.tasks.title' } },
  { path: 'messages', component: () => import('./MessagesPage.vue'), meta: { title: 'workbench.messages.title' } },
]

export const navigation: NavigationEntry[] = [
  { title: 'workbench.title', to: '/', icon: 'home', group: 'work', order: 10 },
  { title: 'workbench.tasks.title', to: '/tasks', icon: 'decision', group: 'work', order: 11 },
]
