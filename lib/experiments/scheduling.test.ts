/** What scheduling accepts, how it cuts its duration, what it predicts, and what it says of a result. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nearestRank } from '../statistics/percentiles.ts'
import { type SchedulingResult, scheduling } from './scheduling.ts'
import { schedulingFindings, schedulingHeadline } from './scheduling-findings.ts'
import { SCHEDULING_KINDS, type SchedulingKind } from './scheduling-kinds.ts'
import { predictP99Ms, predictStretch } from './scheduling-model.ts'
import { durationForRounds, planStretches } from './scheduling-plan.ts'
import { schedulingQuestions } from './scheduling-questions.ts'

const machine = { cpus: 2, model: '', memoryBytes: 8e9, os: '', node: '' }
const parse = (params: object) => scheduling.params.parse(params)
const refused = (params: object) => (scheduling.check?.(parse(params), machine) ?? []).map(({ path }) => path)

describe('parameters of scheduling', () => {
  it('has the defaults that were agreed on', () => {
    assert.deepEqual(parse({}), {
      kinds: [...SCHEDULING_KINDS],
      longMs: 400,
      shortEveryMs: 10,
      shortMs: 1,
      sliceMs: 5,
      durationMs: 3_000,
      rounds: 6,
      warmup: 1,
      seed: 1,
    })
  })

  it('refuses what makes no sense, naming the parameter', () => {
    assert.deepEqual(refused({}), [])
    assert.deepEqual(refused({ longMs: 500, durationMs: 400 }), ['longMs'])
    assert.deepEqual(refused({ shortMs: 9, shortEveryMs: 10 }), ['shortMs'])
    assert.deepEqual(refused({ sliceMs: 400 }), ['sliceMs'])
    assert.deepEqual(refused({ sliceMs: 400, kinds: ['preemptive'] }), [])
    assert.deepEqual(refused({ shortEveryMs: 900, longMs: 20, durationMs: 1_000, sliceMs: 5 }), ['shortEveryMs'])
    assert.ok(!scheduling.params.safeParse({ kinds: [] }).success)
    assert.ok(!scheduling.params.safeParse({ kinds: ['preemptive', 'preemptive'] }).success)
    assert.ok(!scheduling.params.safeParse({ durationMs: 60_001 }).success)
  })

  it('has presets that are accepted, the quick one below eight seconds', () => {
    for (const { id, params } of scheduling.presets) assert.deepEqual(refused(params), [], id)
    const quick = scheduling.presets.find(({ id }) => id === 'quick')
    assert.ok(scheduling.estimateMs(parse(quick?.params ?? {}), machine) < 8_100)
  })
})

const stretchParams = fc.record({
  longMs: fc.integer({ min: 20, max: 5_000 }),
  shortEveryMs: fc.integer({ min: 2, max: 1_000 }),
  shortMs: fc.double({ min: 0.1, max: 100, noNaN: true }),
  durationMs: fc.integer({ min: 100, max: 60_000 }),
  rounds: fc.integer({ min: 1, max: 50 }),
})

describe('stretches', () => {
  it('never exceed the duration or the rounds, and have their requests and the long computation inside', () => {
    fc.assert(
      fc.property(stretchParams, (params) => {
        const plan = planStretches(params)
        assert.ok(plan.count >= 1 && plan.count <= params.rounds)
        assert.ok(Math.abs(plan.count * plan.ms - params.durationMs) < 1e-6)
        assert.ok(plan.shorts >= 1)
        assert.ok(plan.longAtMs >= 0 && plan.longAtMs <= plan.ms)
        if (plan.shorts > 1) assert.ok(plan.firstMs + (plan.shorts - 1) * params.shortEveryMs <= plan.ms)
        if (plan.count > 1)
          assert.ok(plan.longAtMs + plan.busyMs <= plan.ms, 'the backlog is worked off inside the stretch')
      }),
    )
  })

  it('fit as often as asked for in the duration that is named for it', () => {
    fc.assert(
      fc.property(stretchParams, (params) => {
        const durationMs = durationForRounds(params)
        assert.equal(planStretches({ ...params, durationMs }).count, params.rounds)
      }),
    )
  })

  it('are six of 500 ms by default', () => {
    const plan = planStretches(parse({}))
    assert.equal(plan.count, 6)
    assert.equal(plan.ms, 500)
    assert.equal(plan.shorts, 50)
  })
})

describe('the model of scheduling', () => {
  const plan = { count: 1, ms: 100, shorts: 10, firstMs: 5, longAtMs: 10, busyMs: 50 }
  const work = { longMs: 40, shortMs: 1, shortEveryMs: 10, sliceMs: 5, cores: 2 }

  it('makes those who come during the long computation wait for its end and for each other', () => {
    // By hand: it computes from 10 to 50; requests of 15, 25, 35, 45 start at 50, 51, 52, 53.
    const predicted = predictStretch(plan, { ...work, kind: 'cooperative' })
    assert.deepEqual(predicted?.latenciesMs, [1, 36, 27, 18, 9, 1, 1, 1, 1, 1])
    assert.equal(predicted?.longMs, 40)
  })

  it('bounds the wait by a slice where the loop yields, and makes the long computation pay for those it lets go first', () => {
    const predicted = predictStretch(plan, { ...work, kind: 'cooperative-yielding' })
    assert.ok(predicted)
    assert.ok(Math.max(...predicted.latenciesMs) <= work.sliceMs + 2 * work.shortMs)
    assert.equal(predicted.longMs, 44)
  })

  it('lets threads answer as if there were no long computation, where there is a core for each', () => {
    assert.deepEqual(predictStretch(plan, { ...work, kind: 'preemptive' })?.latenciesMs, new Array(10).fill(1))
    assert.equal(predictP99Ms(plan, { ...work, kind: 'multiprocess', cores: 1 }), null)
  })

  it('serves everybody exactly once and keeps the loop busy no longer than the work is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<SchedulingKind>('cooperative', 'cooperative-yielding'),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (kind, shorts, longMs, sliceMs) => {
          const predicted = predictStretch({ ...plan, shorts }, { ...work, kind, longMs, sliceMs })
          assert.equal(predicted?.latenciesMs.length, shorts)
          assert.ok(predicted.latenciesMs.every((ms) => ms >= work.shortMs - 1e-9))
          assert.ok(predicted.latenciesMs.every((ms) => ms <= longMs + (shorts + 1) * work.shortMs + 1e-9))
          assert.ok(predicted.longMs >= longMs - 1e-9)
          const p99 = predictP99Ms({ ...plan, shorts }, { ...work, kind, longMs, sliceMs })
          assert.equal(
            p99,
            nearestRank(
              predicted.latenciesMs.toSorted((a, b) => a - b),
              99,
            ),
          )
        },
      ),
    )
  })
})

const resultOf = (p99Of: Partial<Record<SchedulingKind, number[]>>): SchedulingResult => {
  const kinds = SCHEDULING_KINDS.filter((kind) => p99Of[kind])
  const samplesOf = (kind: SchedulingKind): number[] => p99Of[kind] ?? []
  const entryOf = (kind: SchedulingKind): SchedulingResult['comparison']['entries'][number] => {
    const sorted = samplesOf(kind).toSorted((a, b) => a - b)
    return {
      key: kind,
      samplesMs: samplesOf(kind),
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      ci95Ms: sorted.length >= 6 ? [sorted[0] ?? 0, sorted.at(-1) ?? 0] : null,
      startupMs: 0,
      cpuMs: 0,
      modelMs: null,
      speedup: { value: 1, ci95: null, verdict: 'too-few-rounds' },
      efficiency: null,
      outliers: { mild: 0, severe: 0 },
      checksum: null,
    }
  }
  return {
    kinds: kinds.map((kind) => {
      const p99 = Math.max(...samplesOf(kind))
      return {
        kind,
        scheduled: 60,
        completed: 60,
        latencyMs: { p50: 1, p95: p99, p99, max: p99 },
        histogram: [],
        contextSwitches: null,
        waitingForCoreMs: null,
        lanes: [],
        long: { samplesMs: samplesOf(kind).map(() => 40), medianMs: 40, ci95Ms: [40, 40] },
        heldUp: kind === 'cooperative' ? { requests: 24, longestMs: 39 } : { requests: 0, longestMs: 0 },
        longestWaitMs: p99,
        generatorLateMs: 0,
      }
    }),
    comparison: { baseline: kinds[0] ?? '', rounds: 6, warmup: 0, seed: 1, entries: kinds.map(entryOf) },
    stretches: { count: 6, ms: 100, shorts: 10, longAtMs: 10 },
    cores: 2,
    findings: [],
  }
}
const facts = { sliceMs: 5, askedRounds: 6, neededMs: 600 }
const codes = (result: SchedulingResult) => schedulingFindings(result, facts).map(({ code }) => code)

describe('findings of scheduling', () => {
  const apart = resultOf({ cooperative: [40, 41, 39, 40, 42, 40], 'cooperative-yielding': [6, 6, 7, 6, 6, 6] })

  it('say how many waited, that yielding bounded it, and stand by the range where intervals are apart', () => {
    assert.equal(schedulingHeadline(apart)?.code, 'p99-range')
    assert.deepEqual(codes(apart), ['p99-range', 'held-up', 'yielding-bounds', 'yielding-long-same'])
  })

  it('name the best and the worst by the medians of the stretches, as the chart does, not by pooled requests', () => {
    // One bad stretch: pooled, the yielding loop has the larger p99; in a typical stretch it has the smaller one.
    const uneven = resultOf({ preemptive: [57, 58, 56, 57, 58, 57], 'cooperative-yielding': [45, 44, 46, 45, 44, 116] })
    const pooled = (kind: string) => uneven.kinds.find((one) => one.kind === kind)?.latencyMs.p99 ?? 0
    assert.ok(pooled('cooperative-yielding') > pooled('preemptive'))
    const headline = schedulingHeadline(uneven)
    assert.equal(headline?.values.best, 'cooperative-yielding')
    assert.equal(headline?.code, 'p99-same', 'one stretch of six speaks against it')
    const steady = resultOf({ preemptive: [57, 58, 56, 57, 58, 57], cooperative: [99, 95, 98, 99, 97, 99] })
    assert.deepEqual(schedulingHeadline(steady), {
      code: 'p99-range',
      values: { best: 'preemptive', bestMs: 57, worst: 'cooperative', worstMs: 99 },
    })
  })

  it('claim no difference where intervals overlap', () => {
    const same = resultOf({ preemptive: [2, 3, 2, 4, 2, 3], multiprocess: [2, 3, 3, 2, 4, 2] })
    assert.deepEqual(codes(same), ['p99-same', 'threads-processes-same'])
    assert.equal(schedulingQuestions[0].answer(same, parse({})), 'too-close')
  })

  it('give no verdict on too few stretches, and name the duration that would do', () => {
    const few = {
      ...resultOf({ cooperative: [40, 41], preemptive: [2, 2] }),
      stretches: { count: 2, ms: 100, shorts: 10, longAtMs: 10 },
    }
    assert.deepEqual(codes(few), ['p99-unsure', 'held-up', 'fewer-stretches'])
    assert.equal(schedulingQuestions[0].answer(few, parse({})), null)
  })

  it('answer the questions from the result', () => {
    assert.equal(schedulingQuestions[0].answer(apart, parse({})), 'cooperative-yielding')
    assert.equal(schedulingQuestions[1].answer(apart, parse({})), 42)
    assert.equal(schedulingQuestions[1].answer(resultOf({ preemptive: [2] }), parse({})), null)
  })
})
