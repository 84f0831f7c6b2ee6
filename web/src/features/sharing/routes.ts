import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const interfaces = { title: 'sharing.title.interfaces', to: '/interfaces' }
const requests = { title: 'sharing.title.requests', to: '/requests' }
const grants = { title: 'sharing.title.grants', to: '/grants' }
const applications = { title: 'sharing.title.applications', to: '/applications' }

export const routes: RouteRecordRaw[] = [
  { path: '/interfaces', component: () => import('./InterfaceList.vue'), meta: { title: 'sharing.title.interfaces', permission: 'interface:read' } },
  { path: '/interfaces/services/new', component: () => import('./ServicePage.vue'), meta: { title: 'sharing.title.newService', permission: 'interface:publish', crumbs: [interfaces] } },
  { path: '/interfaces/:id/service', props: true, component: () => import('./ServicePage.vue'), meta: { title: 'sharing.title.changeService', permission: 'interface:publish', crumbs: [interfaces] } },
  { path: '/interfaces/:id', props: true, component: () => import('./InterfacePage.vue'), meta: { title: 'sharing.title.interface', permission: 'interface:read', crumbs: [interfaces] } },
  { path: '/requests', component: () => import('./RequestList.vue'), meta: { title: 'sharing.title.requests', permission: 'request:read' } },
  { path: '/requests/new', component: () => import('./AskPage.vue'), meta: { title: 'sharing.title.ask', permission: 'request:create', crumbs: [requests] } },
  { path: '/requests/:id', props: true, component: () => import('./RequestPage.vue'), meta: { title: 'sharing.title.request', permission: 'request:read', crumbs: [requests] } },
  { path: '/requests/:id/resubmit', props: true, component: () => import('./ResubmitPage.vue'), meta: { title: 'sharing.title.resubmit', permission: 'request:create', crumbs: [requests] } },
  { path: '/grants', component: () => import('./GrantList.vue'), meta: { title: 'sharing.title.grants', permission: 'grant:read' } },
  { path: '/grants/:id', props: true, component: () => import('./GrantPage.vue'), meta: { title: 'sharing.title.grant', permission: 'grant:read', crumbs: [grants] } },
  { path: '/quotas', component: () => import('./QuotaList.vue'), meta: { title: 'sharing.quota.title', permission: 'gateway:read' } },
  { path: '/applications', component: () => import('./ApplicationList.vue'), meta: { title: 'sharing.title.applications', permission: 'application:read' } },
  { path: '/applications/:id', props: true, component: () => import('./ApplicationPage.vue'), meta: { title: 'sharing.title.application', permission: 'application:read', crumbs: [applications] } },
]

export const navigation: NavigationEntry[] = [
  { title: 'sharing.title.interfaces', to: '/interfaces', icon: 'interface', group: 'sharing', order: 30, permission: 'interface:read' },
  { title: 'sharing.title.requests', to: '/requests', icon: 'request', group: 'sharing', order: 31, permission: 'request:read' },
  { title: 'sharing.title.grants', to: '/grants', icon: 'grant', group: 'sharing', order: 32, permission: 'grant:read' },
  { title: 'sharing.title.applications', to: '/applications', icon: 'application', group: 'sharing', order: 33, permission: 'application:read' },
  { title: 'sharing.quota.title', to: '/quotas', icon: 'clock', group: 'sharing', order: 34, permission: 'gateway:read' },
]
