import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const people = [{ title: 'settings.people.title', to: '/settings/people' }]

export const routes: RouteRecordRaw[] = [
  { path: 'settings/people', component: () => import('./PeoplePage.vue'), meta: { title: 'settings.people.title', permission: 'person:read' } },
  { path: 'settings/people/new', component: () => import('./NewPersonPage.vue'), meta: { title: 'settings.person.new', permission: 'person:manage', crumbs: people } },
  { path: 'settings/people/:id', component: () => import('./PersonPage.vue'), props: true, meta: { permission: 'person:read', crumbs: people } },
  { path: 'settings/roles', component: () => import('./RolesPage.vue'), meta: { title: 'settings.roles.title', permission: 'person:read' } },
  { path: 'settings/organisations', component: () => import('./OrganisationsPage.vue'), meta: { title: 'settings.organisations.title' } },
  { path: 'settings/rules', component: () => import('./RulesPage.vue'), meta: { title: 'settings.rules.title', permission: 'rule:read' } },
  { path: 'settings/search', component: () => import('./SearchStatePage.vue'), meta: { title: 'settings.search.title', permission: 'search:manage' } },
]

export const navigation: NavigationEntry[] = [
  { title: 'settings.title', to: '/settings/people', covers: ['/settings'], icon: 'settings', group: 'system', order: 80, permission: 'person:read' },
  { title: 'settings.organisations.title', to: '/settings/organisations', icon: 'building', group: 'system', order: 82, without: 'person:read' },
]
