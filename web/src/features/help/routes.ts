import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'help', component: () => import('./HelpPage.vue'), meta: { title: 'help.title' } }]
