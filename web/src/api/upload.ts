import { ApiProblem, address, headersFor, problemOf } from './client'

/** A transfer under way. */
export interface Transfer<Answer> {
  done: Promise<Answer>
  cancel: () => void
}

/**
 * Sends a file as the raw body and reports how much has gone, in bytes. A cancelled transfer ends
 * with the problem code `CANCELLED`.
 */
export function sendFile<Answer>(
  path: string,
  file: File,
  progress: (sent: number, total: number) => void,
): Transfer<Answer> {
  const transport = new XMLHttpRequest()
  const done = new Promise<Answer>((resolve, reject) => {
    transport.upload.onprogress = (event) => progress(event.loaded, file.size)
    transport.onload = () => {
      if (transport.status >= 200 && transport.status < 300) resolve(JSON.parse(transport.responseText) as Answer)
      else reject(problemOf(transport.status, transport.responseText))
    }
    transport.onerror = () => reject(new ApiProblem(0, 'UNREACHABLE', '', ''))
    transport.onabort = () => reject(new ApiProblem(0, 'CANCELLED', '', ''))
    transport.open('POST', address(path, { fileName: file.name }))
    for (const [name, value] of Object.entries(headersFor('POST'))) transport.setRequestHeader(name, value)
    transport.setRequestHeader('Content-Type', 'application/octet-stream')
    transport.send(file)
  })
  return { done, cancel: () => transport.abort() }
}

/** Follows the server's events on a path; the answer ends it. */
export function follow<Event>(path: string, name: string, receive: (event: Event) => void, failed: () => void): () => void {
  const source = new EventSource(address(path))
  source.addEventListener(name, (message) => receive(JSON.parse((message as MessageEvent<string>).data) as Event))
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) failed()
  }
  return () => source.close()
}
