import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const datasets = { title: 'catalogue.title.datasets', to: '/datasets' }
const uploads = { title: 'catalogue.title.uploads', to: '/uploads' }

export const routes: RouteRecordRaw[] = [
  { path: '/datasets', component: () => import('./DatasetList.vue'), meta: { title: 'catalogue.title.datasets', permission: 'dataset:read' } },
  { path: '/datasets/:id', props: true, component: () => import('./DatasetPage.vue'), meta: { title: 'catalogue.title.dataset', permission: 'dataset:read', crumbs: [datasets] } },
  { path: '/datasets/:id/edit', props: true, component: () => import('./DatasetEdit.vue'), meta: { title: 'catalogue.title.edit', permission: 'dataset:write', crumbs: [datasets] } },
  { path: '/datasets/:id/interface', props: true, component: () => import('./PublishPage.vue'), meta: { title: 'catalogue.title.publish', permission: 'interface:publish', crumbs: [datasets] } },
  { path: '/uploads', component: () => import('./UploadList.vue'), meta: { title: 'catalogue.title.uploads', permission: 'dataset:write', crumbs: [datasets] } },
  { path: '/uploads/new', component: () => import('./UploadStart.vue'), meta: { title: 'catalogue.title.upload', permission: 'dataset:write', crumbs: [datasets, uploads] } },
  { path: '/uploads/:id', props: true, component: () => import('./UploadPage.vue'), meta: { title: 'catalogue.title.upload', permission: 'dataset:write', crumbs: [datasets, uploads] } },
]

export const navigation: NavigationEntry[] = [
  { title: 'catalogue.title.datasets', to: '/datasets', icon: 'dataset', group: 'data', order: 20, permission: 'dataset:read' },
  { title: 'catalogue.title.uploads', to: '/uploads', icon: 'upload', group: 'data', order: 21, permission: 'dataset:write' },
]
