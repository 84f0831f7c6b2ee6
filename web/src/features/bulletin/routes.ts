import type { RouteRecordRaw } from 'vue-router'
import type { NavigationEntry } from '@/ui'

const crumbs = [{ title: 'bulletin.title', to: '/bulletins' }]

export const routes: RouteRecordRaw[] = [
  { path: 'bulletins', component: () => import('./BulletinsPage.vue'), meta: { title: 'bulletin.title', permission: 'bulletin:read' } },
  { path: 'bulletins/letters/:id', component: () => import('./LetterPage.vue'), props: true, meta: { permission: 'bulletin:read', crumbs } },
  { path: 'bulletins/:month', component: () => import('./BulletinPage.vue'), props: true, meta: { permission: 'bulletin:read', crumbs } },
]

export const navigation: NavigationEntry[] = [
  { title: 'bulletin.title', to: '/bulletins', icon: 'mail', group: 'work', order: 14, permission: 'bulletin:read' },
]
