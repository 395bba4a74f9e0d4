import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { median } from './median.ts'
import { MINIMUM_SAMPLES_FOR_INTERVAL, medianInterval } from './median-interval.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

/** As many as any experiment accepts. */
const MOST_ROUNDS = 50

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('where a pair of order statistics has just the confidence asked for, it is that pair (tables of the sign test)', () => {
  // n = 10: 2nd and 9th, 97.85%; n = 20: 6th and 15th, 95.86%; n = 6: the range, 96.88%.
  assert.deepEqual(medianInterval(oneTo(10), 1 - 22 / 1024), [2, 9])
  assert.deepEqual(medianInterval(oneTo(20), 1 - 2 * (21700 / 2 ** 20)), [6, 15])
  assert.deepEqual(medianInterval(oneTo(6), 1 - 2 / 64), [1, 6])
})

test('below six samples there is no interval of 95%', () => {
  assert.equal(MINIMUM_SAMPLES_FOR_INTERVAL, 6)
  for (let n = 0; n < 6; n++) assert.equal(medianInterval(oneTo(n)), null)
  assert.notEqual(medianInterval(oneTo(6)), null)
})

interface Distribution {
  draw: (random: SeededRandom) => number
  median: number
}

const twoModes = (share: number, distance: number) => (random: SeededRandom) =>
  random.normal(random.uniform() < share ? 0 : distance)

const distributions: Record<string, Distribution> = {
  normal: { draw: (random) => random.normal(100, 4), median: 100 },
  'log-normal': { draw: (random) => random.logNormal(80, 0.5), median: 80 },
  'bimodal, its halves far apart': { draw: twoModes(0.5, 20), median: 10 },
  'bimodal, its halves touching': { draw: twoModes(0.5, 3), median: 1.5 },
  // Φ(x) = 0.5 / 0.7 within the larger mode.
  'bimodal, 70 to 30': { draw: twoModes(0.7, 12), median: 0.565949 },
  exponential: { draw: (random) => random.exponential(1), median: Math.LN2 },
}

describe('the interval covers the true median in 93–97% of 2,000 samples', () => {
  for (const [name, { draw, median: truth }] of Object.entries(distributions)) {
    test(`${name}, of every size from ${MINIMUM_SAMPLES_FOR_INTERVAL} to ${MOST_ROUNDS}`, () => {
      const random = createSeededRandom(20)
      for (let n = MINIMUM_SAMPLES_FOR_INTERVAL; n <= MOST_ROUNDS; n++) {
        let covered = 0
        for (let trial = 0; trial < 2000; trial++) {
          const interval = medianInterval(Array.from({ length: n }, () => draw(random)))
          if (interval && interval[0] <= truth && truth <= interval[1]) covered++
        }
        assert.ok(covered >= 1860 && covered <= 1940, `${(covered / 20).toFixed(1)}% at ${n} samples`)
      }
    })
  }
})

test('large samples keep the promise too: 2,000 values, where ½ⁿ is below the smallest number', () => {
  const random = createSeededRandom(21)
  let covered = 0
  for (let trial = 0; trial < 500; trial++) {
    const interval = medianInterval(Array.from({ length: 2000 }, () => random.exponential(1)))
    if (interval && interval[0] <= Math.LN2 && Math.LN2 <= interval[1]) covered++
  }
  assert.ok(covered >= 460 && covered <= 490, `${covered} of 500`)
})

test('the order of the samples and their unit change nothing, and the median is inside', () => {
  const samples = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 6, maxLength: 60 })
  fc.assert(
    fc.property(samples, (values) => {
      const interval = medianInterval(values)
      assert.ok(interval)
      assert.ok(interval[0] <= median(values) && median(values) <= interval[1])
      assert.deepEqual(medianInterval(values.toReversed()), interval)
      // By a power of two, so that rounding has no part in it.
      assert.deepEqual(
        medianInterval(values.map((value) => value / 1024)),
        interval.map((end) => end / 1024),
      )
    }),
  )
})

test('equal samples give an interval of no width', () => {
  assert.deepEqual(medianInterval([5, 5, 5, 5, 5, 5, 5]), [5, 5])
})
