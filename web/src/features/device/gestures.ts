import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { moved, zoomed, type Point, type View } from './mercator'

const CLICK_PIXELS = 5
const STEP_PIXELS = 80
const WHEEL_STEP = 240

export interface Size {
  width: number
  height: number
}

/** The size of an element, as it changes. */
export function useSize(element: Ref<HTMLElement | null>): ShallowRef<Size> {
  const size = shallowRef<Size>({ width: 0, height: 0 })
  let observer: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      if (entry) size.value = { width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }
    })
    if (element.value) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return size
}

/** Moves a view by mouse, touch and keyboard. */
export function useGestures(element: Ref<HTMLElement | null>, view: Ref<View | undefined>, size: ShallowRef<Size>, home: () => void) {
  const fingers = new Map<number, Point>()
  /** The hand moved the map, so that the release is no click. */
  const dragged = ref(false)
  let start: Point = { x: 0, y: 0 }

  function pointOf(event: MouseEvent): Point {
    const rectangle = element.value?.getBoundingClientRect()
    return { x: event.clientX - (rectangle?.left ?? 0), y: event.clientY - (rectangle?.top ?? 0) }
  }

  function change(next: (now: View) => View): void {
    if (view.value) view.value = next(view.value)
  }

  function zoomBy(steps: number, at: Point = { x: size.value.width / 2, y: size.value.height / 2 }): void {
    change((now) => zoomed(now, now.zoom + steps, at, size.value.width, size.value.height))
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return
    if (!fingers.size) {
      dragged.value = false
      start = pointOf(event)
    }
    fingers.set(event.pointerId, pointOf(event))
  }

  function move(event: PointerEvent): void {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    if (!dragged.value && fingers.size === 1 && Math.hypot(now.x - start.x, now.y - start.y) < CLICK_PIXELS) return
    if (!dragged.value) element.value?.setPointerCapture(event.pointerId)
    dragged.value = true
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    fingers.set(event.pointerId, now)
    if (!other) return change((seen) => moved(seen, now.x - before.x, now.y - before.y))
    const wider = Math.log2(Math.max(1, Math.hypot(now.x - other.x, now.y - other.y)) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)))
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    change((seen) => zoomed(moved(seen, (now.x - before.x) / 2, (now.y - before.y) / 2), seen.zoom + wider, middle, size.value.width, size.value.height))
  }

  function up(event: PointerEvent): void {
    fingers.delete(event.pointerId)
  }

  /** The wheel zooms once the map is in use; before that it scrolls the page past it. */
  function wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey && !element.value?.contains(document.activeElement)) return
    event.preventDefault()
    zoomBy(-event.deltaY / WHEEL_STEP, pointOf(event))
  }

  const keys: Record<string, () => void> = {
    ArrowLeft: () => change((now) => moved(now, STEP_PIXELS, 0)),
    ArrowRight: () => change((now) => moved(now, -STEP_PIXELS, 0)),
    ArrowUp: () => change((now) => moved(now, 0, STEP_PIXELS)),
    ArrowDown: () => change((now) => moved(now, 0, -STEP_PIXELS)),
    '+': () => zoomBy(1),
    '=': () => zoomBy(1),
    '-': () => zoomBy(-1),
    Home: home,
  }

  function key(event: KeyboardEvent): void {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }

  onMounted(() => element.value?.addEventListener('wheel', wheel, { passive: false }))
  return { dragged, zoomBy, down, move, up, key }
}
