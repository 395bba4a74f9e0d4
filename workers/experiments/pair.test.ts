import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { setUpOfRound } from '#lib/experiments/pair.ts'
import { experiments, findExperiment } from '#lib/experiments/registry.ts'
import { planStretches } from '#lib/experiments/scheduling-plan.ts'
import { handler } from './pair.ts'
import { runHandler } from './run-handler-fixture.ts'

/** Small set-ups, and the keys under which their times stand. */
const PAIRED = {
  scaling: { params: { size: 'small', maxWorkers: 2 }, keys: ['threads×1', 'threads×2'] },
  scheduling: {
    params: { kinds: ['cooperative'], longMs: 20, durationMs: 100, shortMs: 0.1 },
    keys: ['cooperative'],
  },
  isolation: { params: { workers: 1, increments: 100 }, keys: ['threads', 'processes', 'exec'] },
  coordination: { params: { threads: 2, items: 5, workUs: 10 }, keys: ['condition'] },
  race: { params: { trials: 2, iterations: 100, warmup: 0 }, keys: ['counter'] },
  'producer-consumer': {
    params: { messages: 10, ratePerSecond: 0, sweep: { param: 'capacity', values: [5, 10] } },
    keys: ['run'],
  },
} as const

for (const [experiment, { params, keys }] of Object.entries(PAIRED)) {
  test(`two set-ups of ${experiment} take turns, and B is judged against A in the same rounds`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interleave-pair-'))
    try {
      const { result, error, samples } = await runHandler(
        experiments.pair,
        handler,
        { experiment, a: params, b: params, rounds: 6 },
        () => false,
        { folder },
      )
      assert.equal(error, null)
      assert.deepEqual(result?.pairs.map(({ key }) => key).sort(), [...keys].sort())
      for (const { key, speedup } of result.pairs) {
        assert.notEqual(speedup.ci95, null, key)
        for (const side of ['A', 'B']) {
          const own = samples.filter((sample) => sample.key === `${key} ${side}`)
          assert.deepEqual(
            own.map(({ round }) => round),
            [0, 1, 2, 3, 4, 5],
          )
          assert.ok(own.every(({ elapsedMs }) => elapsedMs > 0))
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test('two guards of one race are compared, two strategies have nothing in common', async () => {
  const race = { trials: 2, iterations: 100, warmup: 0 }
  const a = { ...race, guard: 'none' }
  const guards = await runHandler(experiments.pair, handler, {
    experiment: 'race',
    a,
    b: { ...a, guard: 'mutex' },
    rounds: 6,
  })
  assert.deepEqual(
    guards.result?.pairs.map(({ key }) => key),
    ['counter'],
  )
  const strategy = (name: string) => ({ workload: 'primes', size: 'small', tasks: 4, workers: 1, strategies: [name] })
  const setUps = { experiment: 'strategies', a: strategy('threads'), b: strategy('sequential') }
  const strategies = await runHandler(experiments.pair, handler, { ...setUps, rounds: 6 })
  assert.deepEqual(
    strategies.result?.findings.map(({ code }) => code),
    ['nothing-shared'],
  )
})

test('a stretch of scheduling is as long alone as it was among the others', () => {
  const machine = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }
  const own = { longMs: 100, durationMs: 3_000, shortEveryMs: 10, shortMs: 1, rounds: 10 }
  const scheduling = findExperiment('scheduling')
  assert.ok(scheduling)
  const round = setUpOfRound(scheduling, own, machine)
  assert.equal(round.durationMs, Math.ceil(planStretches(own).ms))
  assert.deepEqual(scheduling.check?.(round, machine), [])
})
