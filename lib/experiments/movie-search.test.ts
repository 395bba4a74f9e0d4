import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Finding } from '../contract/comparison.ts'
import { STRATEGIES, type Strategy } from '../contract/strategy.ts'
import { buildComparison } from './comparison.ts'
import { movieSearch } from './movie-search.ts'
import { type MovieSearchFacts, movieSearchFindings } from './movie-search-findings.ts'
import { predictRoundMs } from './movie-search-model.ts'
import { experiments, findExperiment } from './registry.ts'

const MACHINE = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }

/** Six rounds around these medians: each a little longer than the one before, the same for all, as a drift would be. */
const comparisonOf = (medians: Partial<Record<Strategy, number>>, rounds = 6, startupMs = 1) =>
  buildComparison({
    seed: 1,
    warmup: 1,
    measured: Object.entries(medians).map(([key, ms]) => ({
      key,
      samplesMs: Array.from({ length: rounds }, (_, round) => ms * (1 + round / 1000)),
      startupMs,
      cpuMs: 1,
      modelMs: 80,
    })),
  })

const facts = (more: Partial<MovieSearchFacts>): MovieSearchFacts => ({
  comparison: comparisonOf({ sequential: 800, threads: 82 }),
  workers: 8,
  films: 20,
  sent: 252,
  failed: 0,
  requestsPerSecond: null,
  emulated: false,
  withoutList: 0,
  searches: 12,
  ...more,
})

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code)

describe('the definition of movie-search', () => {
  it('is found by its id, and nothing is found by the name of what every object has', () => {
    assert.equal(findExperiment('movie-search'), movieSearch)
    for (const id of ['constructor', '__proto__', 'toString', '', 'nothing']) assert.equal(findExperiment(id), null)
    for (const [id, experiment] of Object.entries(experiments)) assert.equal(experiment.id, id)
  })

  it('fills in every default, takes each of its presets, and refuses what it does not know', () => {
    assert.deepEqual(movieSearch.params.parse({}).strategies, STRATEGIES)
    for (const { params } of movieSearch.presets) movieSearch.params.parse(params)
    for (const refused of [
      { query: ' ' },
      { query: 'x'.repeat(201) },
      { strategies: [] },
      { strategies: ['threads', 'threads'] },
      { workers: 33 },
      { pages: 1.5 },
      { latencyMs: '80' },
      { rateLimitPerSecond: 0 },
      { rateLimitPerSecond: 1001 },
      { errorShare: 0.51 },
      { stallShare: -0.1 },
      { worker: 8 },
    ]) {
      assert.equal(movieSearch.params.safeParse(refused).success, false, JSON.stringify(refused))
    }
  })

  it('estimates that the quick preset shows its result within eight seconds, and what it may take at most', () => {
    const quick = movieSearch.presets.find(({ id }) => id === 'quick')
    assert.ok(movieSearch.estimateMs(movieSearch.params.parse(quick?.params), MACHINE) < 8000)
    const more = movieSearch.params.parse({ pages: 3, latencyMs: 1000, rounds: 50 })
    assert.ok(movieSearch.estimateMs(more, MACHINE) > (60 * 60_000) / 2)
  })

  it('estimates what a rate limit and failing requests cost', () => {
    const estimate = (params: object): number => movieSearch.estimateMs(movieSearch.params.parse(params), MACHINE)
    // 21 requests of each of four strategies in seven rounds.
    assert.ok(estimate({ rateLimitPerSecond: 5 }) > ((21 * 4 * 7) / 5) * 1000)
    assert.equal(estimate({ rateLimitPerSecond: 1000 }), estimate({}))
    for (const share of ['errorShare', 'resetShare', 'stallShare']) {
      assert.ok(estimate({ [share]: 0.1 }) > estimate({}) * 1.1, share)
    }
  })

  it('asks only the embedded movie API for a limit and failures', () => {
    const need = (params: object) => movieSearch.movieApi?.(movieSearch.params.parse(params))
    assert.deepEqual(need({ latencyMs: 10 }), { emulated: [] })
    assert.deepEqual(need({ rateLimitPerSecond: 30, errorShare: 0.1, resetShare: 0.1, stallShare: 0.1 }), {
      emulated: ['rateLimitPerSecond', 'errorShare', 'resetShare', 'stallShare'],
    })
  })

  it('reads the right answers off the comparison', () => {
    const [fastest, timesFaster] = movieSearch.questions
    const answerTo = (medians: Partial<Record<Strategy, number>>, question = fastest, rounds = 6) => {
      const params = movieSearch.params.parse({ strategies: Object.keys(medians) })
      const result = { comparison: comparisonOf(medians, rounds) }
      return question?.answer(result as Parameters<NonNullable<typeof question>['answer']>[0], params)
    }
    assert.equal(answerTo({ sequential: 800, async: 100, threads: 120 }), 'async')
    assert.equal(answerTo({ sequential: 800, async: 100, threads: 100.1 }), 'too-close')
    assert.equal(answerTo({ sequential: 800, async: 100 }, fastest, 3), null)
    assert.equal(answerTo({ sequential: 800, threads: 100 }, timesFaster), 8)
    assert.equal(answerTo({ async: 800, threads: 100 }, timesFaster), null)
  })
})

describe('the findings of movie-search', () => {
  it('name the fastest with its speed-up, and agree with the model where it fits', () => {
    const comparison = comparisonOf({ threads: 82, async: 84 })
    assert.deepEqual(movieSearchFindings(facts({ comparison })).slice(-1), [
      { code: 'model-agrees', values: { percent: 5 } },
    ])
    assert.deepEqual(movieSearchFindings(facts({}))[0], {
      code: 'fastest',
      values: { strategy: 'threads', baseline: 'sequential', speedup: 9.76 },
    })
  })

  it('say nothing of a difference below the rounds that a verdict needs', () => {
    const few = movieSearchFindings(facts({ comparison: comparisonOf({ sequential: 800, async: 90, threads: 80 }, 5) }))
    assert.ok(!codes(few).some((code) => ['fastest', 'pair-same', 'pair-faster'].includes(code)))
    assert.equal(few[0]?.code, 'too-few-rounds')
  })

  it('tell a pair that differs from one that does not', () => {
    const same = movieSearchFindings(facts({ comparison: comparisonOf({ async: 80, threads: 80.2 }) }))
    assert.deepEqual(codes(same).slice(0, 2), ['no-difference', 'pair-same'])
    const differ = movieSearchFindings(facts({ comparison: comparisonOf({ async: 80, threads: 100 }) }))
    assert.deepEqual(differ.slice(0, 2), [
      { code: 'baseline-fastest', values: { baseline: 'async' } },
      { code: 'pair-faster', values: { faster: 'async', slower: 'threads', speedup: 1.25 } },
    ])
  })

  it('tell what disturbed: no films, idle workers, start-up, an allowance, failures', () => {
    const comparison = comparisonOf({ sequential: 800, threads: 82 }, 6, 410)
    const all = codes(movieSearchFindings(facts({ comparison, films: 3, failed: 2, requestsPerSecond: 30 })))
    const emulated = codes(movieSearchFindings(facts({ requestsPerSecond: 30, emulated: true, withoutList: 1 })))
    assert.ok(emulated.includes('rate-limit-emulated') && emulated.includes('without-list'))
    for (const code of ['startup-outweighs', 'workers-idle', 'rate-limited', 'some-failed'])
      assert.ok(all.includes(code), code)
    assert.equal(codes(movieSearchFindings(facts({ films: 0 })))[0], 'no-films')
    assert.deepEqual(codes(movieSearchFindings(facts({ comparison: comparisonOf({ async: 80 }) })))[0], 'single')
  })
})

describe('the model of movie-search', () => {
  const emulated = { kind: 'emulated', ...movieSearch.params.parse({ latencyMs: 80 }) } as const

  it('sequential takes the sum, and as many workers as films take one page and the slowest film', () => {
    const alone = predictRoundMs('sequential', 8, [1, 20], emulated) ?? 0
    // The mean of a log-normal is above its median.
    assert.ok(Math.abs(alone / (21 * 80 * Math.exp(0.2 ** 2 / 2)) - 1) < 0.02)
    const wide = predictRoundMs('threads', 20, [1, 20], emulated) ?? 0
    assert.ok(wide > 160 && wide < 80 + 80 * Math.exp(0.2 * 3))
    assert.equal(predictRoundMs('async', 20, [1, 20], emulated), wide)
  })

  it('counts what is sent again, and what stalls until the deadline', () => {
    const alone = (params: object): number => predictRoundMs('sequential', 8, [1, 20], { ...emulated, ...params }) ?? 0
    // Of each request half a second attempt and a quarter a third, with waits of 112 and 225 ms on average before.
    assert.ok(alone({ errorShare: 0.5 }) > 21 * (80 * 1.75 + 112 / 2 + 225 / 4))
    assert.equal(alone({ resetShare: 0.2 }), alone({ errorShare: 0.2 }))
    assert.ok(alone({ stallShare: 0.1 }) > 10_000)
  })

  it('measured request times stand in for a distribution, and an allowance is a floor', () => {
    const measured = { kind: 'measured', requestMs: [50] } as const
    assert.equal(predictRoundMs('threads', 4, [1, 8], measured), 150)
    assert.equal(predictRoundMs('threads', 4, [1, 8], measured, { perSecond: 30, burst: 0 }), 300)
    assert.equal(predictRoundMs('threads', 4, [1, 8], measured, { perSecond: 30, burst: 9 }), 150)
  })

  it('predicts nothing where nothing waits or nothing is known', () => {
    assert.equal(predictRoundMs('threads', 4, [1, 8], { ...emulated, latencyMs: 0 }), null)
    assert.equal(predictRoundMs('threads', 4, [1, 8], { kind: 'measured', requestMs: [] }), null)
  })
})
