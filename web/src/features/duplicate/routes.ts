import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'duplicates', component: () => import('./PairsPage.vue'), meta: { title: 'duplicate.title', permission: 'ledger:read', crumbs: [{ title: 'ledger.title', to: '/ledgers' }] } },
]

export const navigation: NavigationEntry[] = [
  { title: 'duplicate.title', to: '/duplicates', icon: 'copy', group: 'data', order: 25, permission: 'ledger:read' },
]

export const places = {
  'ledger.form.similar': defineAsyncComponent(() => import('./FormPart.vue')),
  'sharing.form.similar': defineAsyncComponent(() => import('./AskPart.vue')),
}
