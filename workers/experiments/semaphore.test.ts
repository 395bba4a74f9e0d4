/** The execution of semaphore with real threads. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { semaphore } from '#lib/experiments/semaphore.ts'
import { runHandler } from './run-handler-fixture.ts'
import { handler } from './semaphore.ts'

const QUICK = { jobs: 12, jobMs: 2, rounds: 2, warmup: 0 }

test('never more inside than permitted, and the counter stays between 0 and permits', { timeout: 60_000 }, async () => {
  const { result, counters, lanes, spans } = await runHandler(semaphore, handler, { ...QUICK, permits: 2, threads: 5 })
  assert.ok(result)
  assert.ok(result.maxInside >= 1 && result.maxInside <= 2)
  assert.equal(result.minInside, 0)
  assert.ok(result.counter.values.every((value) => value >= 0 && value <= 2))
  assert.equal(result.counter.values.length, 2 * 12 + 2, 'every job takes and gives back')
  assert.equal(result.counter.values.at(-1), 2, 'all permits are back')
  assert.ok(result.counter.times.every((us, i, times) => i === 0 || us >= (times[i - 1] ?? 0)))
  assert.equal(counters.length, 2)
  assert.equal(lanes.length, 2 * 5)
  assert.ok(spans.some(({ kind }) => kind === 'held' || kind === 'contended'))
})

test('the foreign release is refused by the mutex alone, and lets a second one in elsewhere', {
  timeout: 60_000,
}, async () => {
  const { result } = await runHandler(semaphore, handler, { ...QUICK, threads: 1, permits: 1 })
  const accepted = 'accepted'
  assert.deepEqual(result?.foreignRelease, {
    lock: accepted,
    mutex: 'NotOwnerError',
    semaphore: accepted,
    boundedSemaphore: accepted,
  })
  assert.deepEqual(result?.enteredAfterwards, { lock: true, mutex: false, semaphore: true, boundedSemaphore: true })
  assert.deepEqual(result?.holderRelease, {
    lock: 'NotHeldError',
    mutex: accepted,
    semaphore: accepted,
    boundedSemaphore: 'OverReleaseError',
  })
  assert.deepEqual(result?.idleRelease, {
    lock: 'NotHeldError',
    mutex: 'NotOwnerError',
    semaphore: accepted,
    boundedSemaphore: 'OverReleaseError',
  })
})

test('with as many permits as threads nobody waits', { timeout: 60_000 }, async () => {
  const { result } = await runHandler(semaphore, handler, { ...QUICK, permits: 4, threads: 3 })
  assert.equal(result?.waitedShare, 0)
  assert.equal(result?.findings[0]?.code, 'never-full')
})

test('a cancelled run ends in the middle of its jobs', { timeout: 60_000 }, async () => {
  let told = 0
  const params = { permits: 1, threads: 8, jobs: 1000, jobMs: 500, rounds: 1, warmup: 0 }
  const { error, samples } = await runHandler(semaphore, handler, params, () => ++told === 2)
  assert.match(String(error), /cancelled by the test/)
  assert.equal(samples.length, 0)
})
