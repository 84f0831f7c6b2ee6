import { nextTick, onBeforeUnmount, ref, readonly, watchEffect } from 'vue'

const current = ref<string>()

/** What the present page is about, where its route's title does not say it: the last breadcrumb. */
export const pageTitle = readonly(current)

/** Names the present page after the entry it shows. */
export function usePageTitle(title: () => string | undefined): void {
  watchEffect(() => (current.value = title()))
  onBeforeUnmount(() => (current.value = undefined))
}

/** Moves the focus to the page's heading once what held it is gone, so that the keyboard goes on from there. */
export async function focusHeading(): Promise<void> {
  await nextTick()
  if (document.activeElement && document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
