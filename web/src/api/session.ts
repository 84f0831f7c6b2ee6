import { computed, shallowReadonly, shallowRef } from 'vue'
import { ApiProblem, get, post, remove } from './client'
import type { Allowed, Entrance, Organisation, Items, Session } from './types'

const current = shallowRef<Session | null>(null)
const entrance = shallowRef<Entrance>({})
let organisationList: Promise<Organisation[]> | undefined

/** The signed-in person's session, or null. */
export const session = shallowReadonly(current)

/** What a visitor may know before signing in. */
export const visitorEntrance = shallowReadonly(entrance)

export const signedIn = computed(() => current.value !== null)

/** Whether the person holds the permission, for their own organisation or for all. */
export function can(permission: string): boolean {
  return current.value?.person.permissions.some((held) => held === permission || held.startsWith(`${permission}:`)) ?? false
}

/** Whether an entry allows the act now. */
export function permits(allowed: readonly Allowed[] | undefined, action: string): boolean {
  return allowed?.some((one) => one.action === action && one.permitted) ?? false
}

/** Why an entry does not allow the act, if it says so. */
export function refusal(allowed: readonly Allowed[] | undefined, action: string): string | undefined {
  return allowed?.find((one) => one.action === action && !one.permitted)?.reason ?? undefined
}

/** Asks the server who is signed in. A visitor is no failure; any other problem is thrown. */
export async function loadSession(): Promise<void> {
  try {
    current.value = await get<Session>('/session')
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 401) throw problem
    current.value = null
    entrance.value = problem.body as Entrance
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  current.value = await post<Session>('/session', { username, password })
  organisationList = undefined
}

export async function signOut(): Promise<void> {
  await remove('/session')
  forgetSession()
  await loadSession()
}

/** Drops what is known of the person, after the server has ended the session. */
export function forgetSession(): void {
  current.value = null
  organisationList = undefined
}

/** All organisations of the city; asked once, and again after the language has changed. */
export function organisations(): Promise<Organisation[]> {
  organisationList ??= get<Items<Organisation>>('/organisations').then((answer) => answer.items)
  organisationList.catch(() => (organisationList = undefined))
  return organisationList
}

export function forgetNames(): void {
  organisationList = undefined
}
