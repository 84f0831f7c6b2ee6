import { defineAsyncComponent } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const people = [{ title: 'personnel.title', to: '/personnel' }]
const trainings = [{ title: 'personnel.training.title', to: '/trainings' }]

export const routes: RouteRecordRaw[] = [
  { path: 'personnel', component: () => import('./PersonnelPage.vue'), meta: { title: 'personnel.title', permission: 'personnel:read' } },
  { path: 'personnel/vendors/:id', component: () => import('./VendorPage.vue'), props: true, meta: { permission: 'personnel:read', crumbs: people } },
  { path: 'personnel/:id', component: () => import('./PersonPage.vue'), props: true, meta: { permission: 'personnel:read', crumbs: people } },
  { path: 'trainings', component: () => import('./TrainingsPage.vue'), meta: { title: 'personnel.training.title', permission: 'personnel:read' } },
  { path: 'trainings/:id', component: () => import('./TrainingPage.vue'), props: true, meta: { permission: 'personnel:read', crumbs: trainings } },
]

export const navigation: NavigationEntry[] = [
  { title: 'personnel.title', to: '/personnel', icon: 'people', group: 'data', order: 27, permission: 'personnel:read' },
  { title: 'personnel.training.title', to: '/trainings', icon: 'book', group: 'data', order: 28, permission: 'personnel:read' },
]

export const places = {
  'ledger.entry.aside': defineAsyncComponent(() => import('./EntryPart.vue')),
  'ledger.entry.change': defineAsyncComponent(() => import('./ChangePart.vue')),
}
