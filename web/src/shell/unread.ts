import { readonly, ref } from 'vue'
import { ApiProblem, get, signedIn, type Message, type Page } from '@/api'

const count = ref(0)

/** How many messages the person has not read. */
export const unread = readonly(count)

/** Asks again; a server that does not answer leaves the number as it was. */
export async function refreshUnread(): Promise<void> {
  if (!signedIn.value) return
  try {
    count.value = (await get<Page<Message>>('/messages', { query: { unread: true, limit: 1 } })).total
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem
  }
}
