import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

export const routes: RouteRecordRaw[] = [
  { path: 'ledgers', component: () => import('./LedgersPage.vue'), meta: { title: 'ledger.title', permission: 'ledger:read' } },
  {
    path: 'ledgers/:type',
    component: () => import('./EntriesPage.vue'),
    props: true,
    meta: { permission: 'ledger:read', crumbs: [{ title: 'ledger.title', to: '/ledgers' }] },
  },
  {
    path: 'ledgers/:type/new',
    component: () => import('./NewEntryPage.vue'),
    props: true,
    meta: { title: 'ledger.form.new', permission: 'ledger:write', crumbs: [{ title: 'ledger.title', to: '/ledgers' }] },
  },
  {
    path: 'ledgers/:type/:id',
    component: () => import('./EntryPage.vue'),
    props: true,
    meta: { permission: 'ledger:read', crumbs: [{ title: 'ledger.title', to: '/ledgers' }] },
  },
]

export const navigation: NavigationEntry[] = [
  { title: 'ledger.title', to: '/ledgers', icon: 'ledger', group: 'data', order: 20, permission: 'ledger:read' },
]
