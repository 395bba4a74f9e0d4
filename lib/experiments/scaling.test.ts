import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scaling } from './scaling.ts'
import { scalingFindings, scalingHeadline } from './scaling-findings.ts'
import { type ScalingOptions, type ScalingRounds, scaledSpeedup, scalingOf } from './scaling-model.ts'

const machine = { cpus: 8, model: '', memoryBytes: 1, os: '', node: '' }

/** Rounds as Amdahl's law has them, each a hair apart: serial work of `share`, the rest on min(n, cores) cores, `extraMs` lost. */
const ideal = (share: number, most: number, cores: number, { scaled = false, extraMs = 0, rounds = 6 } = {}) =>
  Array.from({ length: most }, (_, i): ScalingRounds => {
    const workers = i + 1
    const parallelMs = (100 * (1 - share) * (scaled ? workers : 1)) / Math.min(workers, cores)
    const times = Array.from({ length: rounds }, (_, round) => {
      const drift = 1 + round * 0.001
      const lostMs = workers > 1 ? extraMs : 0
      return { elapsedMs: (100 * share + parallelMs + lostMs) * drift, serialMs: 100 * share * drift }
    })
    return { workers, times }
  })

const optionsOf = (cores: number, more: Partial<ScalingOptions> = {}): ScalingOptions => ({
  cores,
  scaled: false,
  askedShare: 0,
  ...more,
})

const factsOf = (rounds: readonly ScalingRounds[], options: ScalingOptions) => {
  const { serialShare, ...rest } = scalingOf(rounds, options)
  const comparison = { baseline: '', rounds: rounds[0]?.times.length ?? 0, warmup: 0, seed: 1, entries: [] }
  return {
    ...rest,
    comparison,
    cores: options.cores,
    serialShare: { asked: options.askedShare, measured: serialShare ?? 0 },
  }
}

test('rounds that obey Amdahl’s law give back its curve, its serial share and the same from Karp–Flatt, up to the cores', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), fc.integer({ min: 2, max: 8 }), (share, cores) => {
      const { points, fit, serialShare } = scalingOf(ideal(share, 10, cores), optionsOf(cores))
      assert.ok(Math.abs((serialShare ?? -1) - share) < 1e-9)
      for (const { workers, speedup, amdahl, karpFlatt } of points) {
        assert.ok(Math.abs(speedup.value - amdahl) < 1e-9)
        if (workers === 1 || workers > cores) assert.equal(karpFlatt, null)
        else assert.ok(Math.abs((karpFlatt ?? -1) - share) < 1e-9)
      }
      assert.ok(Math.abs((fit.serialShare?.value ?? -1) - share) < 1e-6)
      assert.equal(fit.usl === null, cores < 3, 'the universal law needs three points that have a core each')
    }),
    { numRuns: 40 },
  )
})

test('where the work grows, the points lie on Gustafson’s line and give the share back', () => {
  // J. L. Gustafson, CACM 31 (1988): s' = 0.4% on 1,024 processors gives 1020.
  assert.ok(Math.abs(scaledSpeedup(0.004, 1024, 1024) - (1024 - 0.004 * 1023)) < 1e-9)
  const { points, fit } = scalingOf(ideal(0.5, 4, 4, { scaled: true }), optionsOf(4, { scaled: true }))
  assert.deepEqual(
    points.map(({ gustafson, karpFlatt }) => [gustafson, karpFlatt]),
    [1, 1.5, 2, 2.5].map((value) => [value, null]),
  )
  for (const { speedup, gustafson } of points) assert.ok(Math.abs(speedup.value - (gustafson ?? 0)) < 1e-9)
  assert.ok(Math.abs((fit.serialShare?.value ?? 0) - 0.5) < 1e-9)
  assert.equal(fit.usl, null)
})

test('beyond the cores the scaled speed-up comes near to the cores and never above', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.95, noNaN: true }),
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 1, max: 64 }),
      (share, cores, workers) => {
        const value = scaledSpeedup(share, workers, cores)
        assert.ok(value <= Math.min(workers, cores) + 1e-9)
        assert.ok(scaledSpeedup(share, workers + 1, cores) >= value - 1e-9)
      },
    ),
  )
})

test('while a round is under way, what has been measured is shown and fitted over whole rounds only', () => {
  const all = ideal(0.2, 3, 4, { rounds: 2 })
  const [one, two, three] = all
  assert.deepEqual(scalingOf([], optionsOf(4)).points, [])
  assert.equal(
    scalingOf(two ? [two] : [], optionsOf(4)).points.length,
    0,
    'without one worker there is nothing to divide by',
  )
  if (!one || !two || !three) return assert.fail('three numbers of workers')
  const under = scalingOf([one, { ...two, times: two.times.slice(0, 1) }, { ...three, times: [] }], optionsOf(4))
  assert.deepEqual(
    under.points.map(({ workers, speedup }) => [workers, speedup.verdict]),
    [
      [1, 'too-few-rounds'],
      [2, 'too-few-rounds'],
    ],
  )
  assert.ok(Math.abs((under.fit.serialShare?.value ?? 0) - 0.2) < 1e-9)
})

test('the baby: mostly serial work is said to be so, with its limit', () => {
  const facts = factsOf(ideal(0.9, 9, 2), optionsOf(2))
  assert.deepEqual(scalingHeadline(facts, { scaled: false }), {
    code: 'serial-wins',
    values: { workers: 9, speedup: 1.05, percent: 90, limit: 1.11 },
  })
  const codes = scalingFindings(facts, { scaled: false }).map(({ code }) => code)
  assert.deepEqual(codes, ['serial-wins', 'beyond-same', 'share-agrees'])
})

test('the lawn: as many times faster as there are cores, and nothing beyond them', () => {
  const facts = factsOf(ideal(0, 9, 2), optionsOf(2))
  assert.deepEqual(scalingHeadline(facts, { scaled: false }), {
    code: 'scales',
    values: { workers: 2, cores: 2, speedup: 2, limit: 2 },
  })
  assert.ok(scalingFindings(facts, { scaled: false }).every(({ code }) => code !== 'amdahl-limit'))
})

test('time that is lost between workers is told from serial work', () => {
  const findings = scalingFindings(factsOf(ideal(0.1, 4, 4, { extraMs: 10 }), optionsOf(4)), { scaled: false })
  const more = findings.find(({ code }) => code === 'share-more')
  assert.equal(more?.values.measured, 10)
  assert.ok(Number(more?.values.low) > 11)
})

test('an interval that would agree with any share says nothing', () => {
  const facts = factsOf(ideal(0.1, 2, 2), optionsOf(2))
  const wide = { ...facts, fit: { ...facts.fit, serialShare: { value: 0.3, ci95: [0.05, 0.6] as [number, number] } } }
  assert.ok(scalingFindings(facts, { scaled: false }).some(({ code }) => code === 'share-agrees'))
  assert.ok(scalingFindings(wide, { scaled: false }).every(({ code }) => !code.startsWith('share-')))
})

test('no limit is claimed under a point that was measured above it, or where the points tell of a smaller serial share', () => {
  const facts = factsOf(ideal(0.9, 9, 2), optionsOf(2))
  const above = facts.points.map((point) =>
    point.workers === 7 ? { ...point, speedup: { ...point.speedup, value: 1.22 } } : point,
  )
  assert.equal(scalingHeadline({ ...facts, points: above }, { scaled: false })?.code, 'serial-noisy')
  const less = { ...facts.fit, serialShare: { value: 0.7, ci95: [0.65, 0.75] as [number, number] } }
  assert.equal(scalingHeadline({ ...facts, fit: less }, { scaled: false })?.code, 'serial-noisy')
  const small = factsOf(ideal(0.1, 4, 4), optionsOf(4))
  const limits = (given: typeof small) =>
    scalingFindings(given, { scaled: false }).filter(({ code }) => code === 'amdahl-limit')
  assert.equal(limits(small).length, 1)
  assert.deepEqual(
    limits({ ...small, fit: less }),
    limits(small),
    'more serial than the clock says bounds it all the more',
  )
  assert.deepEqual(limits({ ...small, fit: { ...small.fit, serialShare: { value: 0, ci95: [0, 0.05] } } }), [])
})

test('few rounds, and one worker, support no sentence about speed', () => {
  assert.equal(
    scalingHeadline(factsOf(ideal(0, 2, 2, { rounds: 3 }), optionsOf(2)), { scaled: false })?.code,
    'too-few-rounds',
  )
  assert.equal(scalingHeadline(factsOf(ideal(0, 1, 2), optionsOf(2)), { scaled: false })?.code, 'alone')
})

test('left alone, there are as many workers as cores; growing work that would not fit is refused with what is accepted', () => {
  const parse = (given: object) => {
    const params = scaling.params.parse(given)
    return scaling.resolve?.(params, machine) ?? params
  }
  assert.equal(parse({}).maxWorkers, 8)
  const refused = scaling.check?.(parse({ workload: 'image', size: 'large', scaled: true }), machine) ?? []
  assert.deepEqual(
    refused.map(({ path }) => path),
    ['maxWorkers'],
  )
  assert.match(refused[0]?.message ?? '', /got 8.*up to 4/)
  assert.deepEqual(scaling.check?.(parse({ workload: 'image', size: 'large' }), machine), [])
  for (const { params } of scaling.presets) assert.deepEqual(scaling.check?.(parse(params), machine), [])
})

test('on two cores the baby and the lawn are estimated to end within eight seconds', () => {
  for (const id of ['baby', 'lawn']) {
    const preset = scaling.presets.find((one) => one.id === id)
    const estimate = scaling.estimateMs(scaling.params.parse(preset?.params), { ...machine, cpus: 2 })
    assert.ok(estimate > 0 && estimate < 8000, `${id}: ${estimate} ms`)
  }
})
