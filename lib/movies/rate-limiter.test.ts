import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RateLimiter } from './rate-limiter.ts'
import { TokenBucket } from './token-bucket.ts'

/** Time that passes only when somebody waits; `lateMs` is by how much every timer fires late. */
const clockOf = (lateMs = 0) => {
  let now = 0
  return {
    nowMs: () => now,
    delay: (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted()
      now += ms + lateMs
      return Promise.resolve()
    },
  }
}

const never = new AbortController().signal

test('a burst of callers is let through one by one at the rate, in order', async () => {
  const clock = clockOf()
  const limiter = new RateLimiter(new TokenBucket({ ratePerSecond: 10, burst: 2 }, 0), clock)
  const passed: [caller: number, at: number][] = []
  await Promise.all(
    Array.from({ length: 5 }, async (_, caller) => {
      await limiter.acquire(never)
      passed.push([caller, Math.round(clock.nowMs())])
    }),
  )
  assert.deepEqual(passed, [
    [0, 0],
    [1, 0],
    [2, 100],
    [3, 200],
    [4, 300],
  ])
})

test('timers that fire late are no reason for a burst beyond the bucket', async () => {
  const clock = clockOf(1000)
  const limiter = new RateLimiter(new TokenBucket({ ratePerSecond: 10, burst: 1 }, 0), clock)
  const passed: number[] = []
  await Promise.all(Array.from({ length: 4 }, () => limiter.acquire(never).then(() => passed.push(clock.nowMs()))))
  for (const [at, moment] of passed.entries()) assert.ok(at === 0 || moment - (passed[at - 1] ?? 0) >= 100)
})

test('who gives up takes no token and holds nobody up', async () => {
  const limiter = new RateLimiter(
    new TokenBucket({ ratePerSecond: 0.001, burst: 1 }, Number(process.hrtime.bigint()) / 1e6),
  )
  const impatient = new AbortController()
  const first = limiter.acquire(never)
  const second = limiter.acquire(impatient.signal)
  const third = limiter.acquire(AbortSignal.abort())
  impatient.abort()
  assert.deepEqual(await Promise.all([first, second, third]), [true, false, false])
})
