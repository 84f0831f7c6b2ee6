import { nextTick, onBeforeUnmount, ref, readonly, watchEffect } from 'vue'

const current = ref<string>()
const above = ref<{ name: string; to: string }[]>([])

/** What the present page is about, where its route's title does not say it: the last breadcrumb. */
export const pageTitle = readonly(current)

/** Places above the present page whose names only its data tell; they stand after those of its route. */
export const pageAbove = readonly(above)

/** Names the present page after the entry it shows, and the places above it. */
export function usePageTitle(title: () => string | undefined, places: () => { name: string; to: string }[] = () => []): void {
  watchEffect(() => {
    current.value = title()
    above.value = places()
  })
  onBeforeUnmount(() => {
    current.value = undefined
    above.value = []
  })
}

/** Moves the focus to the page's heading once what held it is gone, so that the keyboard goes on from there. */
export async function focusHeading(): Promise<void> {
  await nextTick()
  if (document.activeElement && document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
