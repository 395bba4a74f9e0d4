import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '#lib/contract/run.ts'
import type { Sample } from '#lib/contract/run-event.ts'
import {
  type Contender,
  type InterleavedRoundsOptions,
  type Measurement,
  runInterleavedRounds,
} from './interleaved-rounds.ts'

/** Contenders that take as long as they say on a clock of the test's own. */
const laboratory = (costs: Record<string, number>) => {
  let now = 0
  const calls: { key: string; round: number }[] = []
  const progress: Progress[] = []
  const samples: Sample[] = []
  const contenders: Contender[] = Object.entries(costs).map(([key, cost]) => ({
    key,
    run: async (round) => {
      calls.push({ key, round })
      now += cost
      return { elapsedMs: cost, fields: { requests: 3 } }
    },
  }))
  const emit = {
    progress: (one: Progress) => progress.push(one),
    sample: (one: Sample) => samples.push(one),
    settled: async () => undefined,
  }
  return { contenders, emit, calls, progress, samples, nowMs: () => now }
}

const run = (lab: ReturnType<typeof laboratory>, more: Partial<InterleavedRoundsOptions<Measurement>> = {}) =>
  runInterleavedRounds({ warmup: 1, rounds: 4, seed: 1, signal: new AbortController().signal, ...lab, ...more })

test('every round runs every contender once, warm-up rounds first with negative numbers and not counted', async () => {
  const lab = laboratory({ a: 10, b: 20, c: 30 })
  const result = await run(lab, { warmup: 2, rounds: 5 })
  for (let round = -2; round < 5; round++) {
    const keys = lab.calls.filter((call) => call.round === round).map((call) => call.key)
    assert.deepEqual(keys.toSorted(), ['a', 'b', 'c'])
    assert.deepEqual(result.orders[round + 2], { round, keys })
  }
  assert.deepEqual(
    lab.calls.map((call) => call.round),
    lab.calls.map((call) => call.round).toSorted((x, y) => x - y),
  )
  assert.deepEqual(result.samplesMs.get('b'), [20, 20, 20, 20, 20])
  assert.equal(result.measurements.get('c')?.length, 5)
})

test('the order is shuffled from round to round, and the same seed repeats it', async () => {
  const orders = async (seed: number) =>
    (await run(laboratory({ a: 1, b: 1, c: 1, d: 1 }), { rounds: 12, seed })).orders
  const first = await orders(1)
  assert.deepEqual(await orders(1), first)
  assert.notDeepEqual(await orders(2), first)
  assert.ok(new Set(first.map(({ keys }) => keys.join())).size > 6)
})

test('a sample is emitted after every execution, with the fields of the measurement', async () => {
  const lab = laboratory({ a: 10, b: 20 })
  await run(lab)
  assert.deepEqual(
    lab.samples.map(({ key, round }) => ({ key, round })),
    lab.calls,
  )
  assert.deepEqual(
    lab.samples.find(({ key }) => key === 'b'),
    { key: 'b', round: -1, elapsedMs: 20, requests: 3 },
  )
})

test('what remains is told from the medians of what was run, and unknown before', async () => {
  const lab = laboratory({ a: 10, b: 20 })
  await run(lab)
  assert.deepEqual(
    lab.progress.map(({ done, total }) => [done, total]),
    Array.from({ length: 11 }, (_, done) => [done, 10]),
  )
  assert.deepEqual(
    lab.progress.slice(0, 3).map(({ remainingMs }) => remainingMs),
    [null, null, 4 * 30],
  )
  assert.equal(lab.progress.at(-1)?.remainingMs, 0)
  assert.deepEqual(
    [lab.progress[0], lab.progress[2]].map((one) => [one?.label, one?.values?.round, one?.values?.rounds]),
    [
      ['warming-up', 1, 1],
      ['measuring', 1, 4],
    ],
  )
})

test('an abort in the middle of an execution stops everything after it, and the cut-off execution is no sample', async () => {
  const lab = laboratory({ a: 10, b: 20 })
  const controller = new AbortController()
  const reason = new Error('cancelled by the person')
  let started = 0
  const contenders: Contender[] = lab.contenders.map(({ key, run }) => ({
    key,
    run: (round): Promise<Measurement> => {
      started++
      if (started === 3) controller.abort(reason)
      return run(round)
    },
  }))
  await assert.rejects(run(lab, { contenders, signal: controller.signal }), reason)
  assert.equal(started, 3)
  assert.equal(lab.samples.length, 2)
})

test("a contender's failure is the run's failure, unchanged", async () => {
  const lab = laboratory({ a: 10 })
  const failure = new Error('refused')
  await assert.rejects(run(lab, { contenders: [{ key: 'a', run: () => Promise.reject(failure) }] }), failure)
})

test('nothing is executed before what was told of the execution before it has been taken in', async () => {
  const lab = laboratory({ a: 1, b: 1 })
  const log: string[] = []
  const contenders = lab.contenders.map(
    ({ key }): Contender => ({
      key,
      run: async () => {
        log.push('runs')
        return { elapsedMs: 1 }
      },
    }),
  )
  const emit = {
    progress: () => log.push('tells'),
    sample: () => log.push('tells'),
    settled: async () => {
      log.push('waits')
      await Promise.resolve()
      log.push('is settled')
    },
  }
  await run(lab, { contenders, emit, rounds: 2 })
  const before = log.flatMap((entry, at) => (entry === 'runs' ? [log[at - 1]] : []))
  assert.deepEqual(
    before,
    Array.from({ length: 6 }, () => 'is settled'),
  )
})
