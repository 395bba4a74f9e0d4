/**
 * An expected failure of something asked over HTTP, as a value. Its code becomes the problem's type ('/problems/<code>'),
 * which the page translates; its HTTP status is decided in lib/http/problem-response.ts and nowhere else.
 */
import type { MovieFailure } from './movie.ts'
import type { FieldError } from './problem.ts'

export type FailureCode =
  | 'malformed-request'
  | 'malformed-json'
  | 'invalid-input'
  | 'takes-too-long'
  | 'cross-site'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'queue-full'
  | 'shutting-down'
  | 'storage'
  | 'internal'
  | `movie-api-${MovieFailure['code']}`

export interface Failure {
  code: FailureCode
  /** In English, for people: what came and what to do. Without secrets. */
  detail: string
  /** The figures in it. */
  values?: Record<string, string | number>
  errors?: FieldError[]
  /** Seconds, for 'queue-full' and for a movie API that asks to wait. */
  retryAfter?: number
  /** For 'method-not-allowed'. */
  allow?: readonly string[]
}

export type Outcome<Value> = { ok: true; value: Value } | { ok: false; failure: Failure }

export const succeed = <Value>(value: Value): Outcome<Value> => ({ ok: true, value })

export const fail = (
  code: FailureCode,
  detail: string,
  more: Omit<Failure, 'code' | 'detail'> = {},
): Outcome<never> => ({
  ok: false,
  failure: { code, detail, ...more },
})
