import { onBeforeUnmount, ref, readonly, watchEffect } from 'vue'

const current = ref<string>()

/** What the present page is about, where its route's title does not say it: the last breadcrumb. */
export const pageTitle = readonly(current)

/** Names the present page after the entry it shows. */
export function usePageTitle(title: () => string | undefined): void {
  watchEffect(() => (current.value = title()))
  onBeforeUnmount(() => (current.value = undefined))
}
