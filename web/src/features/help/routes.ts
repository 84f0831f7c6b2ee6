import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [{ path: 'help', component: () => import('./HelpPage.vue'), meta: { title: 'help.title' } }]

export const navigation: NavigationEntry[] = [{ title: 'help.title', to: '/help', icon: 'help', group: 'system', order: 99 }]
