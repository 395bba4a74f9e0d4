/**
 * How the browser speaks to our own API. Every answer is a value: the data, or an `ApiProblem` whose `code` is a message key
 * under `errors` (`ProblemAlert` in components/shell shows it). Nothing is thrown but by `fetcher`, which is how swr wants it.
 * The shapes are those of lib/contract, imported as types only: the server has validated what it sends.
 */
import type { FieldError, Problem } from '../contract/problem.ts'

interface ProblemDetails extends Pick<Problem, 'errors' | 'values'> {
  retryAfter?: number
}

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** The last part of the problem's `type`, or 'offline', 'aborted', 'unreadable', 'http' where there was no problem body. */
  readonly code: string
  /** 0 where no answer came. */
  readonly status: number
  readonly errors: readonly FieldError[]
  /** The figures of the problem's detail. */
  readonly values: NonNullable<Problem['values']>
  /** From Retry-After. */
  readonly retryAfterSeconds: number | null

  constructor(code: string, status: number, detail: string, more: ProblemDetails = {}) {
    super(detail)
    this.code = code
    this.status = status
    this.errors = more.errors ?? []
    this.values = more.values ?? {}
    this.retryAfterSeconds = more.retryAfter ?? null
  }

  /** Whether the same request may succeed a little later without anyone doing anything. */
  get mayPass(): boolean {
    return this.code === 'offline' || this.status === 429 || this.status >= 502
  }
}

export type ApiAnswer<Data> = { data: Data; problem?: undefined } | { data?: undefined; problem: ApiProblem }

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal
  /** Goes through although the page is being left. */
  keepalive?: boolean
}

/** Answers without a body (204) give `undefined` as data: call it as `callApi<undefined>`. */
export async function callApi<Data>(
  path: string,
  { method = 'GET', body, signal, keepalive }: ApiRequest = {},
): Promise<ApiAnswer<Data>> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      signal,
      keepalive,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (cause) {
    if (signal?.aborted) return { problem: new ApiProblem('aborted', 0, 'the request was withdrawn') }
    return { problem: new ApiProblem('offline', 0, String(cause)) }
  }
  if (!response.ok) return { problem: await problemOf(response) }
  try {
    const data: Data = response.status === 204 ? undefined : await response.json()
    return { data }
  } catch (cause) {
    if (signal?.aborted) return { problem: new ApiProblem('aborted', 0, 'the request was withdrawn') }
    return { problem: new ApiProblem('unreadable', response.status, String(cause)) }
  }
}

/** For swr: the data, or an ApiProblem thrown. */
export async function fetcher<Data>(path: string): Promise<Data> {
  const answer = await callApi<Data>(path)
  if (answer.problem) throw answer.problem
  return answer.data
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const seconds = Number.isFinite(retryAfter) ? retryAfter : undefined
  let body: Partial<Problem>
  try {
    body = await response.json()
  } catch {
    // A proxy's page instead of a problem body: the status alone has to say it.
    return new ApiProblem('http', response.status, response.statusText, { retryAfter: seconds })
  }
  const code = body.type?.split('/').at(-1)
  return new ApiProblem(
    code && code !== 'about:blank' ? code : 'http',
    response.status,
    body.detail ?? body.title ?? response.statusText,
    { errors: body.errors, values: body.values, retryAfter: seconds },
  )
}

/** A path with its query; what is undefined or null is left out. */
export function apiPath(path: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null) search.set(key, String(value))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}
