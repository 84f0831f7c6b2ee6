import type { FieldError } from './types'

/** What may stand in a query: absent values are left out, lists are repeated. */
export type QueryValue = string | number | boolean | null | undefined | readonly string[]
export type Query = Record<string, QueryValue>

export interface RequestOptions {
  query?: Query
  /** The version that was read, for `If-Match`. */
  version?: number
  /** Makes a creation safe to repeat. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** An answer that is not a success: the server's problem details, or a failure to reach it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** The whole body of the answer, for the few problems that carry more. */
    readonly body: unknown = null,
  ) {
    super(detail || title)
    this.name = 'ApiProblem'
  }

  /** What to do about it, where the server says so. */
  get mend(): string {
    const mend = (this.body as { mend?: unknown } | null)?.mend
    return typeof mend === 'string' ? mend : ''
  }

  /** Nobody answered: the network or the server is away. */
  get unreachable(): boolean {
    return this.status === 0
  }

  get forbidden(): boolean {
    return this.status === 403
  }
}

const BASE = '/api/v1'

let language = 'zh-CN'
let signedOut: () => void = () => undefined

/** Sets the language the server is asked to answer in. */
export function useLanguage(tag: string): void {
  language = tag
}

/** Says what happens when the server no longer knows the session. */
export function onSignedOut(act: () => void): void {
  signedOut = act
}

/** The address of an API path with its query, for links the browser follows by itself. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    if (typeof value === 'object') value.forEach((one) => parameters.append(name, one))
    else parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return BASE + path + (text ? `?${text}` : '')
}

/** The headers every request carries; changes also carry the token against forged requests. */
export function headersFor(method: string, options: RequestOptions = {}): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': language,
  }
  if (method !== 'GET') {
    const token = cookie('XSRF-TOKEN')
    if (token) headers['X-XSRF-TOKEN'] = token
  }
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  return headers
}

function cookie(name: string): string | undefined {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1))
}

/** Reads a problem from the body of an answer; a body that is none still gives a code and a title. */
export function problemOf(status: number, text: string): ApiProblem {
  let body: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (parsed !== null && typeof parsed === 'object') body = parsed as Record<string, unknown>
  } catch {
    // Not JSON: a proxy or the container answered.
  }
  const word = (name: string): string => (typeof body[name] === 'string' ? body[name] : '')
  const errors = Array.isArray(body['errors']) ? (body['errors'] as FieldError[]) : []
  return new ApiProblem(status, word('code') || `HTTP_${status}`, word('title'), word('detail'), errors, body)
}

async function exchange(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const headers = headersFor(method, options)
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(address(path, options.query), init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem(0, 'UNREACHABLE', '', '')
  }
  if (response.ok) return response
  const problem = problemOf(response.status, await response.text())
  if (response.status === 401 && problem.code === 'NOT_SIGNED_IN' && path !== '/session') signedOut()
  throw problem
}

async function json<Answer>(response: Response): Promise<Answer> {
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as Answer
}

/** Reads. */
export async function get<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  return json<Answer>(await exchange('GET', path, undefined, options))
}

/** Creates, or carries out an act. */
export async function post<Answer = void>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
  return json<Answer>(await exchange('POST', path, body, options))
}

/** Changes the named parts. */
export async function patch<Answer = void>(path: string, body: unknown, options: RequestOptions = {}): Promise<Answer> {
  return json<Answer>(await exchange('PATCH', path, body, options))
}

/** Replaces. */
export async function put<Answer = void>(path: string, body: unknown, options: RequestOptions = {}): Promise<Answer> {
  return json<Answer>(await exchange('PUT', path, body, options))
}

/** Removes. */
export async function remove<Answer = void>(path: string, options: RequestOptions = {}): Promise<Answer> {
  return json<Answer>(await exchange('DELETE', path, undefined, options))
}

/** Reads text as it stands, for example a sample or a document. */
export async function text(path: string, options: RequestOptions = {}): Promise<string> {
  return (await exchange('GET', path, undefined, options)).text()
}

/** Fetches a file and hands it to the browser's download under the name the server gives it. */
export async function download(path: string, options: RequestOptions & { fileName?: string } = {}): Promise<void> {
  const response = await exchange('GET', path, undefined, options)
  const name = fileNameOf(response.headers.get('Content-Disposition')) ?? options.fileName ?? 'tiaoxi'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The file name in a `Content-Disposition`; the extended form (RFC 8187) wins. */
export function fileNameOf(disposition: string | null): string | undefined {
  const extended = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (extended) return decodeURIComponent(extended)
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1]
}

/** A fresh key that makes one creation safe to repeat. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
