/** The execution of lock-contention with real threads. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockContention } from '#lib/experiments/lock-contention.ts'
import { CONTENDED_LOCKS } from '#lib/experiments/lock-contention-locks.ts'
import { handler } from './lock-contention.ts'
import { runHandler } from './run-handler-fixture.ts'

const QUICK = { durationMs: 20, rounds: 1, warmup: 0 }
const run = (params: Parameters<typeof lockContention.params.parse>[0] & object, abortAt?: () => boolean) =>
  runHandler(lockContention, handler, { ...QUICK, ...params }, abortAt)

test('every lock is measured, guards its counter, and its figures add up', { timeout: 60_000 }, async () => {
  const { result, lanes, spans, samples } = await run({ locks: [...CONTENDED_LOCKS], threads: 2, rounds: 2 })
  assert.ok(result)
  assert.deepEqual(
    result.locks.map(({ lock }) => lock),
    CONTENDED_LOCKS,
  )
  for (const figures of result.locks) {
    const { lock, perThread, updates, lostUpdates } = figures
    assert.ok(lock === 'none' || lostUpdates === 0, `${lock} lost ${lostUpdates}`)
    assert.ok(lostUpdates >= 0 && lostUpdates <= updates)
    const acquisitions = perThread.reduce((sum, thread) => sum + thread.acquisitions, 0)
    assert.equal(
      acquisitions,
      samples.filter(({ key }) => key === lock).reduce((sum, sample) => sum + Number(sample.acquisitions), 0),
    )
    if (lock !== 'read-write') assert.equal(updates, acquisitions)
    for (const thread of perThread) {
      assert.ok(thread.waited <= thread.acquisitions)
      assert.ok(thread.waitUs.p50 <= thread.waitUs.p99 && thread.waitUs.p99 <= thread.waitUs.max)
      assert.ok(thread.waits.reduce((sum, bin) => sum + bin.count, 0) <= thread.waited)
    }
  }
  assert.equal(lanes.length, 2 * CONTENDED_LOCKS.length)
  const known = new Set(lanes.map(({ id }) => id))
  assert.ok(spans.length > 0 && spans.every(({ lane, duration }) => known.has(lane) && duration >= 0))
})

test('alone nobody waits; four threads that want nothing else do', { timeout: 60_000 }, async () => {
  const { result } = await run({
    locks: ['mutex', 'ticket'],
    holdUs: 50,
    outsideUs: 0,
    sweep: { param: 'threads', values: [1, 4] },
  })
  assert.deepEqual(
    result?.sweep?.points.map(({ value, locks }) => [value, ...locks.map(({ waitedShare }) => waitedShare > 0)]),
    [
      [1, false, false],
      [4, true, true],
    ],
  )
})

test('a semaphore that lets several in may lose updates, and the run says so instead of failing', {
  timeout: 60_000,
}, async () => {
  const { result, error } = await run({ locks: ['semaphore'], permits: 3, holdUs: 20, outsideUs: 0 })
  assert.equal(error, null)
  const lost = result?.locks[0]?.lostUpdates ?? 0
  const said = result?.findings.some(({ code }) => code === 'permits-lose')
  assert.equal(said, lost > 0)
})

test('only readers: nothing is updated, so nothing can be lost', { timeout: 60_000 }, async () => {
  const { result } = await run({ locks: ['read-write'], readShare: 1 })
  assert.equal(result?.locks[0]?.updates, 0)
})

test('a cancelled run ends in the middle of a round, with threads that spin and threads that sleep', {
  timeout: 60_000,
}, async () => {
  let told = 0
  const { error, samples } = await run(
    { locks: ['spin', 'ticket'], threads: 8, durationMs: 1000, rounds: 50 },
    () => ++told === 6,
  )
  assert.match(String(error), /cancelled by the test/)
  assert.ok(samples.length < 5)
})
