/** What asking the movie API gives: a value, or a failure with a code that the page translates and a message without secrets. */
import type { MovieFailure } from '../contract/movie.ts'

export type MovieFailureCode = MovieFailure['code']

/** `retryAfterMs` is given where the API said when to come back. */
export interface ApiFailure {
  code: MovieFailureCode
  message: string
  retryAfterMs?: number
}

export type Fetched<Value> = { ok: true; value: Value } | { ok: false; failure: ApiFailure }

export const fetched = <Value>(value: Value): Fetched<Value> => ({ ok: true, value })

export const failed = (code: MovieFailureCode, message: string): { ok: false; failure: ApiFailure } => ({
  ok: false,
  failure: { code, message },
})
