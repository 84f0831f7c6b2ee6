import { readonly, ref } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad' | 'info'
}

const shown = ref<Toast[]>([])
let last = 0

export const toasts = readonly(shown)

/** Says in passing that something was done, or failed; failures stay longer. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last
  shown.value = [...shown.value.slice(-2), { id, text, tone }]
  setTimeout(() => dismiss(id), tone === 'bad' ? 8000 : 3500)
}

export function dismiss(id: number): void {
  shown.value = shown.value.filter((one) => one.id !== id)
}
