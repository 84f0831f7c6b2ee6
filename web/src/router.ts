import { shallowRef, type Component } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { can, loadSession, signedIn } from '@/api'
import { translate } from '@/i18n'
import type { NavigationEntry } from '@/ui'
import { provideAt } from '@/ui/places'

/**
 * What a feature's `routes.ts` exports. Routes say in `meta`: `title` (a key of the words),
 * `permission` that a person must hold, `crumbs` (routes above it), `open` when a visitor may see it.
 * `places` puts components in named places (`<Place>`) of other features' pages.
 */
interface FeatureRoutes {
  routes: RouteRecordRaw[]
  navigation?: NavigationEntry[]
  places?: Record<string, Component>
}

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    permission?: string
    open?: boolean
    crumbs?: { title: string; to: string }[]
  }
}

const features = Object.values(import.meta.glob<FeatureRoutes>('./features/*/routes.ts', { eager: true }))

features.forEach((feature) => Object.entries(feature.places ?? {}).forEach(([place, component]) => provideAt(place, component)))

/** All navigation entries of all features, in order. */
export const navigation: NavigationEntry[] = features
  .flatMap((feature) => feature.navigation ?? [])
  .sort((left, right) => left.order - right.order)

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', component: () => import('@/shell/SignIn.vue'), meta: { open: true, title: 'shell.signIn.title' } },
    {
      path: '/',
      component: () => import('@/shell/Shell.vue'),
      children: [
        ...features.flatMap((feature) => feature.routes),
        { path: ':path(.*)*', component: () => import('@/shell/NotFound.vue'), meta: { title: 'shell.notFound.title' } },
      ],
    },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

let asked = false

/** Why the pages could not start: the platform was not there when they asked who is signed in. */
export const startProblem = shallowRef<unknown>()

router.beforeEach(async (to) => {
  if (!asked) {
    try {
      await loadSession()
      asked = true
    } catch (problem) {
      startProblem.value = problem
      return false
    }
  }
  if (to.meta.open) return signedIn.value && to.path === '/sign-in' ? nextOf(to.query['next']) : true
  if (!signedIn.value) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  return true
})

/** Where to go after signing in: only a place inside these pages. */
export function nextOf(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** Whether the signed-in person may open a page that asks for this permission. */
export function mayOpen(permission: string | undefined): boolean {
  return permission === undefined || can(permission)
}

router.afterEach((to) => {
  document.title = [to.meta.title, 'shell.name'].flatMap((key) => (key ? [translate(key)] : [])).join(' · ')
})
