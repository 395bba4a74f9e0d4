import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'
import { MINIMUM_ROUNDS_FOR_VERDICT, speedupOf } from './speedup.ts'

/** As many as any experiment accepts. */
const MOST_ROUNDS = 50

/** Rounds of two contenders; `ratio` is how many times slower the second is. */
type Simulate = (random: SeededRandom, rounds: number, ratio: number) => [number[], number[]]

const independent =
  (draw: (random: SeededRandom) => number): Simulate =>
  (random, rounds, ratio) => [
    Array.from({ length: rounds }, () => draw(random)),
    Array.from({ length: rounds }, () => ratio * draw(random)),
  ]

const quiet = independent((random) => random.logNormal(100, 0.04))

const noises: Record<string, Simulate> = {
  'log-normal noise of 4%': quiet,
  'one sample in ten up to three times as slow': independent(
    (random) => random.logNormal(100, 0.04) * (random.uniform() < 0.1 ? 1 + 2 * random.uniform() : 1),
  ),
  'exponential delays on top': independent((random) => 100 + random.exponential(10)),
  'a drift of 20% shared by a round': (random, rounds, ratio) => {
    const first: number[] = []
    const second: number[] = []
    for (let round = 0; round < rounds; round++) {
      const drift = 1 + (0.2 * round) / rounds + random.normal(0, 0.1)
      first.push(drift * random.logNormal(100, 0.04))
      second.push(ratio * drift * random.logNormal(100, 0.04))
    }
    return [first, second]
  },
}

const shareOf = (trials: number, happens: () => boolean) => {
  let count = 0
  for (let trial = 0; trial < trials; trial++) if (happens()) count++
  return count / trials
}

describe('a thing compared with itself is called different in at most 5% of 1,000 comparisons', () => {
  for (const [name, simulate] of Object.entries(noises)) {
    test(`${name}, at every number of rounds from ${MINIMUM_ROUNDS_FOR_VERDICT} to ${MOST_ROUNDS}`, () => {
      const random = createSeededRandom(30)
      for (let rounds = MINIMUM_ROUNDS_FOR_VERDICT; rounds <= MOST_ROUNDS; rounds++) {
        const share = shareOf(
          1000,
          () => speedupOf(...simulate(random, rounds, 1)).verdict !== 'no-detectable-difference',
        )
        assert.ok(share <= 0.05, `${(share * 100).toFixed(1)}% at ${rounds} rounds`)
      }
    })
  }
})

test('a true difference of 10% is found, on the right side, in at least 90% of comparisons of 10 rounds with 4% noise', () => {
  const random = createSeededRandom(31)
  assert.ok(shareOf(2000, () => speedupOf(...quiet(random, 10, 1.1)).verdict === 'slower') >= 0.9)
  assert.ok(shareOf(2000, () => speedupOf(...quiet(random, 10, 1 / 1.1)).verdict === 'faster') >= 0.9)
})

test('the interval covers the true ratio in 94–98% of comparisons', () => {
  const random = createSeededRandom(32)
  for (const rounds of [6, 7, 10, 20]) {
    const share = shareOf(2000, () => {
      const { ci95 } = speedupOf(...quiet(random, rounds, 0.5))
      return ci95 !== null && ci95[0] <= 2 && 2 <= ci95[1]
    })
    assert.ok(share >= 0.94 && share <= 0.98, `${(share * 100).toFixed(1)}% at ${rounds} rounds`)
  }
})

test('one round disturbed by something else does not hide that every round was twice as fast', () => {
  const { value, ci95, verdict } = speedupOf([100, 101, 99, 100, 900, 102, 98], [50, 51, 49, 50, 50, 50, 50])
  assert.equal(verdict, 'faster')
  assert.ok(value > 1.9 && value < 2.2, `${value}`)
  assert.ok(ci95 && ci95[0] > 1.9)
})

test('a difference below 1% is not called different, however certain it is', () => {
  const rounds = Array.from({ length: 20 }, (_, round) => 100 + round / 1000)
  const faster = rounds.map((value) => value / 1.008)
  const estimate = speedupOf(rounds, faster)
  assert.ok(estimate.ci95 && estimate.ci95[0] > 1.007)
  assert.equal(estimate.verdict, 'no-detectable-difference')
})

test('below six rounds the ratio is told, but no interval and no verdict; without a common round not even that', () => {
  assert.deepEqual(speedupOf([4, 4, 4, 4, 4], [2, 2, 2, 2, 2]), { value: 2, ci95: null, verdict: 'too-few-rounds' })
  assert.deepEqual(speedupOf([3, 4, 5], [3]), { value: 1, ci95: null, verdict: 'too-few-rounds' })
  assert.deepEqual(speedupOf([], [1]), { value: Number.NaN, ci95: null, verdict: 'too-few-rounds' })
})

test('a sample of 0, below what the clock can tell, keeps the figures finite', () => {
  const { value, ci95 } = speedupOf([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0])
  assert.ok(Number.isFinite(value) && Number.isFinite(ci95?.[1]))
})
