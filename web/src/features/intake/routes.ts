import type { RouteRecordRaw } from 'vue-router'

const crumbs = [{ title: 'ledger.title', to: '/ledgers' }]

export const routes: RouteRecordRaw[] = [
  { path: 'ledgers/:type/import', component: () => import('./ImportStart.vue'), props: true, meta: { title: 'intake.title', permission: 'ledger:write', crumbs } },
  { path: 'ledgers/:type/import/:id', component: () => import('./ImportPage.vue'), props: true, meta: { title: 'intake.title', permission: 'ledger:write', crumbs } },
]
