import { address } from './client'

/** What becomes of a stream of events. */
export interface Listener<Event> {
  receive: (event: Event) => void
  /** It broke off; the browser tries again by itself. */
  broken: () => void
  /** It is over and does not come again by itself. */
  over: () => void
}

/** Listens to a stream of events that has no end of its own; the answer closes it. */
export function listen<Event>(path: string, name: string, query: Record<string, string>, listener: Listener<Event>): () => void {
  const source = new EventSource(address(path, query))
  source.addEventListener(name, (message) => listener.receive(JSON.parse((message as MessageEvent<string>).data) as Event))
  source.addEventListener('ended', () => {
    source.close()
    listener.over()
  })
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) listener.over()
    else listener.broken()
  }
  return () => source.close()
}
