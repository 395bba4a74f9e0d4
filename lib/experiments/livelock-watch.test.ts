import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIVELOCK_AFTER_MS, LIVELOCK_RETRIES, LivelockWatch } from './livelock-watch.ts'

test('retries that lead to no round for the stated time are a livelock', () => {
  const watch = new LivelockWatch()
  assert.equal(watch.look(500, 3, 10), null)
  assert.equal(watch.look(500 + LIVELOCK_AFTER_MS - 1, 3, 10 + LIVELOCK_RETRIES), null)
  assert.deepEqual(watch.look(500 + LIVELOCK_AFTER_MS, 3, 10 + LIVELOCK_RETRIES), {
    withoutProgressMs: LIVELOCK_AFTER_MS,
    retries: LIVELOCK_RETRIES,
  })
})

test('threads that sleep without retrying are in no livelock, however long', () => {
  const watch = new LivelockWatch()
  for (let atMs = 0; atMs < 100_000; atMs += 100) assert.equal(watch.look(atMs, 7, LIVELOCK_RETRIES - 1), null)
})

test('whoever completes a round within the time is in no livelock, however often it retries', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: LIVELOCK_AFTER_MS - 1 })), (pauses) => {
      const watch = new LivelockWatch()
      let atMs = 0
      return pauses.every((pause, rounds) => {
        atMs += pause
        return watch.look(atMs, rounds, atMs * 100) === null
      })
    }),
  )
})
