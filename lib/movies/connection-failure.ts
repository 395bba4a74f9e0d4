/** What an error of the connection means to the person who searched, and whether another attempt may fare better. */
import { errors } from 'undici'
import type { ApiFailure } from './fetched.ts'

/** Nobody listens there, or there is no such place. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])

const codeOf = (error: unknown): string => {
  // Several addresses were tried: the first error stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

export const connectionFailure = (error: unknown, where: string): { failure: ApiFailure; retry: boolean } => {
  const code = codeOf(error)
  if (UNREACHABLE.has(code)) {
    return {
      failure: { code: 'refused', message: `${where}: no connection (${code}); is the movie API running?` },
      retry: true,
    }
  }
  if (TIMED_OUT.has(code)) {
    return { failure: { code: 'timeout', message: `${where}: no connection in time (${code})` }, retry: false }
  }
  if (error instanceof errors.ClientDestroyedError || error instanceof errors.ClientClosedError) {
    return { failure: { code: 'cancelled', message: `${where}: the client was closed` }, retry: false }
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return {
      failure: { code: 'invalid-response', message: `${where}: the answer is not HTTP` },
      retry: false,
    }
  }
  return {
    failure: { code: 'unavailable', message: `${where}: the connection broke off (${code || 'unknown error'})` },
    retry: true,
  }
}
