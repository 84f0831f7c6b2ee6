import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const crumbs = [{ title: 'ledger.title', to: '/ledgers' }]

export const routes: RouteRecordRaw[] = [
  { path: 'ledgers', component: () => import('./LedgersPage.vue'), meta: { title: 'ledger.title', permission: 'ledger:read' } },
  { path: 'ledgers/rates', component: () => import('./RatesPage.vue'), meta: { title: 'ledger.rates.title', permission: 'ledger:read', crumbs } },
  { path: 'ledgers/transfers', component: () => import('./TransfersPage.vue'), meta: { title: 'ledger.transfers.title', permission: 'ledger:write', crumbs } },
  { path: 'ledgers/:type', component: () => import('./EntriesPage.vue'), props: true, meta: { permission: 'ledger:read', crumbs } },
  { path: 'ledgers/:type/new', component: () => import('./NewEntryPage.vue'), props: true, meta: { permission: 'ledger:write', crumbs } },
  { path: 'ledgers/:type/definition', component: () => import('./DefinitionPage.vue'), props: true, meta: { permission: 'ledger:read', crumbs } },
  { path: 'ledgers/:type/:id', component: () => import('./EntryPage.vue'), props: true, meta: { permission: 'ledger:read', crumbs } },
  { path: 'ledgers/:type/:id/edit', component: () => import('./EditEntryPage.vue'), props: true, meta: { permission: 'ledger:write', crumbs } },
]

export const navigation: NavigationEntry[] = [
  { title: 'ledger.title', to: '/ledgers', icon: 'ledger', group: 'data', order: 20, permission: 'ledger:read' },
]
