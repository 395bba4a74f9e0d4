/** The execution of `deadlock` with real threads: how each scenario ends under each policy, and that nothing is left behind. */
import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { availableParallelism } from 'node:os'
import { describe, it } from 'node:test'
import type { Worker } from 'node:worker_threads'
import type { CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import { type DeadlockParams, deadlock, deadlockResultSchema } from '#lib/experiments/deadlock.ts'
import type { Policy, Scenario } from '#lib/experiments/deadlock-policies.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import { handler } from './deadlock.ts'
import { silentEmitter } from './derive-emitter.ts'

const machine = { cpus: availableParallelism(), model: '', memoryBytes: 1, os: '', node: '' }

/** Every worker thread that this process has started. One that has ended has the id -1. */
const started: Worker[] = []
subscribe('worker_threads', (message) => {
  const { worker } = message as { worker: Worker }
  started.push(worker)
})
const threadsAlive = (): number => started.filter(({ threadId }) => threadId !== -1).length

const run = async (given: Partial<DeadlockParams>, abortAt: (counters: CounterSeries[]) => boolean = () => false) => {
  const parsed = deadlock.params.parse(given)
  const params = deadlock.resolve?.(parsed, machine) ?? parsed
  assert.deepEqual(deadlock.check?.(params, machine), [])
  const controller = new AbortController()
  const before = started.length
  const told = { lanes: [] as Lane[], spans: [] as Span[], counters: [] as CounterSeries[] }
  const outcome = await handler({
    runId: 'test',
    params,
    machine,
    clock: createRunClock(),
    emit: {
      ...silentEmitter,
      lane: (lane) => told.lanes.push(lane),
      spans: ({ spans }) => told.spans.push(...spans),
      counters: (series) => {
        told.counters.push(...series)
        if (abortAt(series)) controller.abort(new Error('cancelled by the test'))
      },
    },
    signal: controller.signal,
    movieApi: { mode: 'embedded', baseUrl: '', token: '', requestsPerSecond: null },
    folder: '',
    onCommand: () => () => undefined,
  }).then(
    (result) => ({ result: deadlockResultSchema.parse(result), error: null }),
    (error: unknown) => ({ result: null, error }),
  )
  assert.ok(started.length > before)
  assert.equal(threadsAlive(), 0, 'no thread outlives its run')
  return { ...outcome, ...told, params }
}

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
    const frozen = await run({ scenario: 'self', checkEveryMs: 20 }, () => true)
    assert.match(String(frozen.error), /cancelled by the test/)
    const busy = await run({ policy: 'ordered', rounds: 1_000 }, () => true)
    assert.match(String(busy.error), /cancelled by the test/)
  })
})
