import { readonly, ref } from 'vue'

export type Theme = 'light' | 'dark'

const STORED = 'tiaoxi.theme'
const current = ref<Theme>(document.documentElement.classList.contains('dark') ? 'dark' : 'light')

/** The theme in use. */
export const theme = readonly(current)

/** Chooses a theme for this browser. */
export function setTheme(chosen: Theme): void {
  document.documentElement.classList.toggle('dark', chosen === 'dark')
  localStorage.setItem(STORED, chosen)
  current.value = chosen
}
