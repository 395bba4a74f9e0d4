import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backoffMs, isRetryableStatus, retryAfterMs } from './retry.ts'

test('only 429 and 5xx are worth another attempt', () => {
  const retried = [200, 301, 400, 401, 403, 404, 422, 429, 499, 500, 502, 503, 504, 599].filter(isRetryableStatus)
  assert.deepEqual(retried, [429, 500, 502, 503, 504, 599])
})

test('back-off doubles, keeps at least half, and stays below its cap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const ceiling = Math.min(3000, 150 * 2 ** attempt)
      const waitMs = backoffMs(attempt, random)
      assert.ok(waitMs >= ceiling / 2 && waitMs < ceiling)
    }),
  )
})

test('Retry-After is read as seconds or as a date, and anything else is as if absent', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  assert.equal(retryAfterMs('3', now), 3000)
  assert.equal(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', now), 10_000)
  assert.equal(retryAfterMs('Wed, 31 Dec 2025 23:59:00 GMT', now), 0)
  for (const header of [null, '', 'soon', '-1 s']) assert.equal(retryAfterMs(header, now), null)
})
