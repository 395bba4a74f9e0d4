/** What `strategies` accepts and refuses, what it fills in, and how the answers to its questions are read off a result. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { STRATEGIES, type Strategy } from '../contract/strategy.ts'
import { buildComparison } from './comparison.ts'
import { SWEEP_PARAMS, strategies } from './strategies.ts'

const machine = { cpus: 2, model: '', memoryBytes: 8e9, os: '', node: '' }
const parse = (params: object) => strategies.params.parse(params)
const check = (params: object) => strategies.check?.(parse(params), machine) ?? []
const refused = (params: object) => check(params).map(({ path }) => path)

describe('parameters of strategies', () => {
  it('has the defaults that were agreed on, workers by what the work does', () => {
    assert.deepEqual(parse({}), {
      workload: 'primes',
      size: 'medium',
      cpuShare: 0.5,
      tasks: 16,
      strategies: [...STRATEGIES],
      rounds: 10,
      warmup: 2,
      seed: 1,
      sweep: null,
    })
    assert.equal(strategies.resolve?.(parse({}), machine).workers, 2)
    for (const workload of ['http', 'disk', 'database', 'mixed']) {
      assert.equal(strategies.resolve?.(parse({ workload }), machine).workers, 8, workload)
    }
    assert.equal(strategies.resolve?.(parse({ workers: 5 }), machine).workers, 5)
  })

  it('refuses a share of computing without mixed work, with the reason', () => {
    assert.deepEqual(refused({ workload: 'mixed', cpuShare: 0.2 }), [])
    assert.deepEqual(check({ workload: 'primes', cpuShare: 0.2 }), [
      {
        path: 'cpuShare',
        message: 'got 0.2 with the workload "primes"; only "mixed" has a share of computing',
        code: 'only-with',
        values: { param: 'workload', option: 'mixed' },
      },
    ])
    assert.deepEqual(refused({ workload: 'http', sweep: { param: 'cpuShare', values: [0, 1] } }), ['sweep.param'])
    assert.deepEqual(refused({ workload: 'mixed', sweep: { param: 'cpuShare', values: [0, 1] } }), [])
  })

  it('refuses values of a sweep that the parameter itself would not accept, each at its place', () => {
    const swept = (param: string, values: number[]) => refused({ workload: 'mixed', sweep: { param, values } })
    assert.deepEqual(swept('cpuShare', [0, 0.5, 1]), [])
    assert.deepEqual(swept('cpuShare', [-0.1, 0.5, 1.1]), ['sweep.values.0', 'sweep.values.2'])
    assert.deepEqual(swept('workers', [1, 32]), [])
    assert.deepEqual(swept('workers', [0, 2.5, 33]), ['sweep.values.0', 'sweep.values.1', 'sweep.values.2'])
    assert.deepEqual(swept('tasks', [1, 512]), [])
    assert.deepEqual(swept('tasks', [1, 513]), ['sweep.values.1'])
    for (const param of SWEEP_PARAMS) assert.deepEqual(swept(param, [1, 1]), ['sweep.values'])
  })

  it('takes from 2 to 12 values of a sweep', () => {
    const takes = (count: number) =>
      strategies.params.safeParse({ sweep: { param: 'tasks', values: Array.from({ length: count }, (_, i) => i + 1) } })
        .success
    assert.deepEqual([1, 2, 12, 13].map(takes), [false, true, true, false])
  })

  it('allows more workers than tasks, and refuses what lies beyond a limit or is not known', () => {
    assert.deepEqual(refused({ tasks: 1, workers: 32 }), [])
    for (const given of [
      { tasks: 0 },
      { tasks: 513 },
      { workers: 33 },
      { rounds: 51 },
      { strategies: [] },
      { strategies: ['async', 'async'] },
      { workload: 'nothing' },
      { cpushare: 0.5 },
    ]) {
      assert.equal(strategies.params.safeParse(given).success, false, JSON.stringify(given))
    }
  })

  it('has presets that are accepted, the crossover map within 40 s on two cores', () => {
    for (const { id, params } of strategies.presets) assert.deepEqual(refused(params), [], id)
    const crossover = strategies.presets.find(({ id }) => id === 'crossover')
    assert.ok(strategies.estimateMs(parse(crossover?.params ?? {}), machine) <= 40_000)
  })
})

describe('questions of strategies', () => {
  const [fastest, timesFaster] = strategies.questions
  const answerTo = (question: typeof fastest, medians: Partial<Record<Strategy, number>>, rounds = 6) => {
    const params = parse({ strategies: Object.keys(medians) })
    const comparison = buildComparison({
      seed: 1,
      warmup: 0,
      measured: Object.entries(medians).map(([key, ms]) => ({
        key,
        samplesMs: Array.from({ length: rounds }, (_, round) => ms * (1 + round / 1000)),
        startupMs: 0,
        cpuMs: 1,
      })),
    })
    const result = strategies.result.parse({
      comparison,
      losses: {},
      cores: 2,
      findings: [],
      sweep: null,
      artefact: null,
      copying: null,
      emulated: null,
    })
    return question?.answer(result, params)
  }

  it('offer those that take part, and that it is too close', () => {
    assert.deepEqual(fastest?.options(parse({ strategies: ['async', 'threads'] })), ['async', 'threads', 'too-close'])
    assert.equal(timesFaster?.kind, 'number')
  })

  it('are answered by what was measured, where the intervals tell', () => {
    assert.equal(answerTo(fastest, { sequential: 100, threads: 52, processes: 60 }), 'threads')
    assert.equal(answerTo(fastest, { sequential: 100, threads: 52, processes: 52.1 }), 'too-close')
    assert.equal(answerTo(fastest, { sequential: 100, threads: 52 }, 5), null)
    assert.equal(answerTo(timesFaster, { sequential: 100, threads: 52 }), 1.9)
    assert.equal(answerTo(timesFaster, { sequential: 100, processes: 40 }), 2.5)
    assert.equal(answerTo(timesFaster, { threads: 52, processes: 40 }), null)
  })
})
