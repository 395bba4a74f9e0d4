/** When a request to the movie API is worth repeating and how long to wait before: pure, with time and chance handed in. */

/** After the first attempt. */
export const MAX_RETRIES = 3
/** Of a request, from its dispatch to its last byte, retries included. */
export const DEADLINE_MS = 10_000

export interface BackoffOptions {
  baseMs: number
  capMs: number
}

export const DEFAULT_BACKOFF: BackoffOptions = { baseMs: 150, capMs: 3000 }

/** 429 and 5xx pass; every other status would be answered the same again. */
export const isRetryableStatus = (status: number): boolean => status === 429 || (status >= 500 && status <= 599)

/**
 * Milliseconds before attempt `attempt` + 1 (attempts count from 0): half of the doubling time for certain, the other half by
 * chance, so that workers refused together don't come back together. `random` is in [0, 1).
 */
export const backoffMs = (
  attempt: number,
  random: number,
  { baseMs, capMs }: BackoffOptions = DEFAULT_BACKOFF,
): number => {
  const ceiling = Math.min(capMs, baseMs * 2 ** attempt)
  return ceiling / 2 + (ceiling / 2) * random
}

/** Reads `Retry-After`, seconds or an HTTP date; null when absent or unreadable, never negative. */
export const retryAfterMs = (header: string | null, nowMs: number): number | null => {
  const text = header?.trim()
  if (!text) return null
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs)
}
