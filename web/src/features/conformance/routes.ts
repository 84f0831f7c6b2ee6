import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import { provideAt, type NavigationEntry } from '@/ui'

provideAt('ledger.entry.aside', defineAsyncComponent(() => import('./EntryPart.vue')))

export const routes: RouteRecordRaw[] = [{ path: 'conformance', component: () => import('./ConformancePage.vue'), meta: { title: 'conformance.title', permission: 'ledger:read' } }]

export const navigation: NavigationEntry[] = [{ title: 'conformance.title', to: '/conformance', icon: 'decision', group: 'data', order: 26, permission: 'ledger:read' }]
