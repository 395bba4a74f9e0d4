import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TokenBucket } from './token-bucket.ts'

const SLACK = 1e-6

test('in no stretch of time are more tokens taken than burst + rate × time, however callers come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 120 }),
      (ratePerSecond, burst, gapsMs) => {
        const bucket = new TokenBucket({ ratePerSecond, burst }, 0)
        const taken: number[] = []
        let nowMs = 0
        for (const gapMs of gapsMs) {
          nowMs += gapMs
          if (bucket.take(nowMs) === 0) taken.push(nowMs)
        }
        for (const [first, from] of taken.entries()) {
          for (const [last, to] of taken.entries()) {
            if (last < first) continue
            const allowed = burst + ((to - from) / 1000) * ratePerSecond
            assert.ok(last - first + 1 <= allowed + SLACK)
          }
        }
      },
    ),
  )
})

test('who waits as long as it says gets a token then, and not much sooner', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }), (ratePerSecond, burst) => {
      const bucket = new TokenBucket({ ratePerSecond, burst }, 1000)
      for (let token = 0; token < burst; token += 1) assert.equal(bucket.take(1000), 0)
      const waitMs = bucket.take(1000)
      assert.ok(Math.abs(waitMs - 1000 / ratePerSecond) < SLACK)
      assert.ok(bucket.take(1000 + waitMs * 0.9) > 0)
      assert.equal(bucket.take(1000 + waitMs + SLACK), 0)
    }),
  )
})

test('a clock that steps back gives no tokens, and a rate of 0 is refused', () => {
  const bucket = new TokenBucket({ ratePerSecond: 1, burst: 1 }, 1000)
  assert.equal(bucket.take(2000), 0)
  assert.ok(bucket.take(500) > 0)
  assert.ok(bucket.take(2000) > 0)
  assert.throws(() => new TokenBucket({ ratePerSecond: 0, burst: 1 }, 0), RangeError)
})
