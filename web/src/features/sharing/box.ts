import { useRoute, useRouter } from 'vue-router'

/** A link may name a box as the API does; the page's tabs call it `tab`. */
export function useBox(): void {
  const route = useRoute()
  const router = useRouter()
  const { box, ...query } = route.query
  if (box) void router.replace({ query: { ...query, tab: box } })
}
