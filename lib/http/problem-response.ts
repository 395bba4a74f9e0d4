/** The one place that decides which HTTP status and title a failure has, and writes it as application/problem+json (RFC 9457). */
import type { Failure, FailureCode } from '../contract/failure.ts'
import type { Problem } from '../contract/problem.ts'

const STATUS_AND_TITLE: Record<FailureCode, readonly [status: number, title: string]> = {
  'malformed-request': [400, 'The request is malformed'],
  'malformed-json': [400, 'The body is not valid JSON'],
  'cross-site': [403, 'Requests from other sites are refused'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  conflict: [409, 'Not possible in the present state'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'Unsupported content type'],
  'invalid-input': [422, 'The input was refused'],
  'takes-too-long': [422, 'The run would take too long'],
  'queue-full': [429, 'Too many runs are waiting'],
  internal: [500, 'An unexpected error'],
  'shutting-down': [503, 'The server is stopping'],
  storage: [503, 'The database can not be used'],
  'movie-api-not-found': [404, 'No such film'],
  'movie-api-invalid-response': [502, 'The movie API answered something unreadable'],
  'movie-api-too-large': [502, 'The movie API answered too much'],
  'movie-api-unauthorized': [502, 'The movie API refused the key'],
  'movie-api-refused': [502, 'The movie API can not be reached'],
  'movie-api-unavailable': [503, 'The movie API is unavailable'],
  'movie-api-rate-limited': [503, 'The movie API asks to slow down'],
  'movie-api-cancelled': [503, 'The search was cancelled'],
  'movie-api-crashed': [503, 'The search crashed'],
  'movie-api-timeout': [504, 'The movie API did not answer in time'],
}

export const statusOf = (code: FailureCode): number => STATUS_AND_TITLE[code][0]

export const problemResponse = (failure: Failure): Response => {
  const [status, title] = STATUS_AND_TITLE[failure.code]
  const problem: Problem = { type: `/problems/${failure.code}`, title, status, detail: failure.detail }
  if (failure.values !== undefined) problem.values = failure.values
  if (failure.errors !== undefined && failure.errors.length > 0) problem.errors = failure.errors
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (failure.retryAfter !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(failure.retryAfter))))
  // The rest of the body was not read: it must not be taken for the next request.
  if (failure.code === 'body-too-large') headers.set('connection', 'close')
  if (failure.allow !== undefined) headers.set('allow', failure.allow.join(', '))
  return new Response(JSON.stringify(problem), { status, headers })
}
