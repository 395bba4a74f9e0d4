import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom, splitMix64, xoshiro128 } from './seeded-random.ts'

test('SplitMix64 gives the published outputs of seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64")', () => {
  assert.deepEqual(splitMix64(1234567n, 5), [
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ])
})

test('xoshiro128** gives the reference outputs for the state 1, 2, 3, 4 (test vector of the rand_xoshiro crate)', () => {
  const next = xoshiro128(1, 2, 3, 4)
  assert.deepEqual(
    Array.from({ length: 10 }, next),
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  )
})

test('one seed repeats the same numbers and another gives others', () => {
  const draw = (seed: number) => {
    const random = createSeededRandom(seed)
    return [random.uniform(), random.normal(), random.exponential(1), random.integer(1000)]
  }
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
  assert.notDeepEqual(draw(7), draw(-7))
})

/** Within five standard errors, which a fixed seed either passes for ever or never. */
const assertMean = (draw: () => number, mean: number, deviation: number, n = 40_000) => {
  let sum = 0
  for (let i = 0; i < n; i++) sum += draw()
  const error = Math.abs(sum / n - mean)
  assert.ok(error < (5 * deviation) / Math.sqrt(n), `mean ${sum / n}, expected ${mean}`)
}

test('the distributions have the means and the variances that they should', () => {
  const random = createSeededRandom(3)
  assertMean(() => random.uniform(), 0.5, Math.sqrt(1 / 12))
  assertMean(() => (random.uniform() - 0.5) ** 2, 1 / 12, 0.075)
  assertMean(() => random.normal(), 0, 1)
  assertMean(() => random.normal() ** 2, 1, Math.SQRT2)
  assertMean(() => random.normal(10, 3), 10, 3)
  assertMean(() => Math.log(random.logNormal(80, 0.25)), Math.log(80), 0.25)
  assertMean(() => random.exponential(4), 4, 4)
  assertMean(() => random.integer(6), 2.5, Math.sqrt(35 / 12))
})

test('a shuffle keeps every item, leaves the input alone, and every order of three is equally likely', () => {
  const random = createSeededRandom(5)
  const counts = new Map<string, number>()
  const items = ['a', 'b', 'c']
  const n = 12_000
  for (let i = 0; i < n; i++) {
    const order = random.shuffle(items).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  assert.deepEqual(items, ['a', 'b', 'c'])
  assert.equal(counts.size, 6)
  // χ² with 5 degrees of freedom: above 20.5 with probability 0.001.
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0)
  assert.ok(chiSquared < 20.5, `χ² ${chiSquared}`)
})
