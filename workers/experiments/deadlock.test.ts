/** The execution of `deadlock` with real threads: how each scenario ends under each policy, and that nothing is left behind. */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { describe, it } from 'node:test'
import { type DeadlockParams, deadlock } from '#lib/experiments/deadlock.ts'
import type { Policy, Scenario } from '#lib/experiments/deadlock-policies.ts'
import { handler } from './deadlock.ts'
import { runHandler } from './run-handler-fixture.ts'

const machine = { cpus: availableParallelism() }

/** @param abortOnceCounted cancels with the first counters that are told */
const run = (given: Partial<DeadlockParams>, abortOnceCounted = false) =>
  runHandler(deadlock, handler, given, ({ counters }) => abortOnceCounted && counters.length > 0)

const completed = async (params: Partial<DeadlockParams>) => {
  const told = await run(params)
  assert.equal(told.error, null)
  assert.equal(told.result?.outcome, 'completed')
  const { participants = 0, rounds } = told.params
  assert.deepEqual(told.result.roundsDone, Array(participants).fill(rounds))
  return told
}

/** Where there is only one core the threads hardly ever meet. */
const oneCore = machine.cpus < 2 && 'needs two cores'

describe('deadlock', { timeout: 60_000 }, () => {
  for (const [scenario, threads] of [
    ['two-lists', 2],
    ['philosophers', 5],
  ] as [Scenario, number][]) {
    it(`freezes ${scenario} without a policy, and names the cycle of ${threads}`, { skip: oneCore }, async () => {
      const { result, spans, counters } = await run({ scenario, rounds: 1_000 })
      assert.equal(result?.outcome, 'deadlocked')
      assert.equal(result.waitForGraph?.cycle.length, 2 * threads)
      assert.ok(result.roundsDone.every((rounds) => rounds < 1_000))
      assert.ok(result.detectedAfterMs !== null && result.endedAfterMs !== null)
      const frozeUs = result.stuckAt?.traceUs ?? Number.POSITIVE_INFINITY
      const rounds = counters.filter(({ name }) => name === 'rounds-done')
      const times = rounds.flatMap((series) => series.times)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
        'the counter’s moments are in order',
      )
      const zeroUs = (result.stuckAt?.traceUs ?? 0) - 1000 * (result.stuckAt?.ms ?? 0)
      assert.ok(Math.abs(zeroUs - (times[0] ?? 0)) < 0.01, 'headline and chart count from one zero')
      const frozen = spans.filter(({ kind, start, duration }) => kind === 'wait' && start + duration > frozeUs)
      assert.equal(new Set(frozen.map(({ lane }) => lane)).size, threads, 'each thread is seen waiting when it froze')
    })

    for (const policy of ['ordered', 'one-lock'] as Policy[]) {
      it(`completes ${scenario} under ${policy} without a retry, and sees no cycle`, async () => {
        const { result } = await completed({ scenario, policy, checkEveryMs: 1 })
        assert.equal(result?.retries, 0)
        assert.equal(result?.cyclesSeen, 0)
      })
    }

    it(`completes ${scenario} by time-outs with random pauses`, async () => {
      await completed({ scenario, policy: 'timeout', rounds: 100, timeoutMs: 1 })
    })

    it(`completes ${scenario} by detection, each cycle costing one retry`, { skip: oneCore }, async () => {
      const { result } = await completed({ scenario, policy: 'detect', checkEveryMs: 1 })
      assert.ok(result && result.cyclesSeen > 0)
      assert.equal(result.retries, result.cyclesSeen)
      assert.equal(result.waitForGraph?.cycle.length, 2 * threads)
    })
  }

  it('freezes a thread that acquires its own lock again, before its first round is done', async () => {
    const { result } = await run({ scenario: 'self' })
    assert.equal(result?.outcome, 'deadlocked')
    assert.deepEqual(result.roundsDone, [0])
    assert.deepEqual(result.waitForGraph?.cycle, ['thread-1', 'lock-1'])
  })

  it('lets the owner of a reentrant lock in again', async () => {
    const { result } = await completed({ scenario: 'self', policy: 'reentrant', rounds: 1_000, checkEveryMs: 1 })
    assert.equal(result?.cyclesSeen, 0, 'a thread that is let in again is never seen waiting for itself')
  })

  it('livelocks where all retry at once: retries grow and no round is done', { skip: oneCore }, async () => {
    const { result, counters } = await run({ policy: 'timeout', jitter: false, rounds: 1_000 })
    assert.equal(result?.outcome, 'livelocked')
    const since = result.stuckAt?.traceUs ?? 0
    const seen = (name: string) =>
      counters
        .filter((series) => series.name === name && (series.times[0] ?? 0) > since)
        .flatMap(({ values }) => values)
    // The last look may come after the end of a round that the stop has let through.
    assert.equal(new Set(seen('rounds-done').slice(0, -1)).size, 1)
    const retries = seen('retries')
    assert.ok((retries.at(-1) ?? 0) - (retries[0] ?? 0) >= 10)
  })

  it('ends at once when it is cancelled, asleep in a deadlock or busy', async () => {
    const frozen = await run({ scenario: 'self', checkEveryMs: 20 }, true)
    assert.match(String(frozen.error), /cancelled by the test/)
    const busy = await run({ policy: 'ordered', rounds: 1_000 }, true)
    assert.match(String(busy.error), /cancelled by the test/)
  })
})
