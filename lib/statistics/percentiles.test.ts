import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestRank, percentilesOf } from './percentiles.ts'

test('the nearest ranks of 15 20 35 40 50 are those of the worked example (Wikipedia, "Percentile")', () => {
  const values = [15, 20, 35, 40, 50]
  assert.deepEqual(
    [5, 30, 40, 50, 100].map((percent) => nearestRank(values, percent)),
    [15, 20, 20, 35, 50],
  )
})

test('the second worked example, 3 6 7 8 8 10 13 15 16 20, gives its quartiles 7 8 15 20', () => {
  const values = [3, 6, 7, 8, 8, 10, 13, 15, 16, 20]
  assert.deepEqual(
    [25, 50, 75, 100].map((percent) => nearestRank(values, percent)),
    [7, 8, 15, 20],
  )
})

test('ranks that binary fractions miss by a hair are the right ones, for every size up to 1,000', () => {
  for (let n = 20; n <= 1000; n += 20) {
    const sorted = Array.from({ length: n }, (_, i) => i + 1)
    assert.equal(nearestRank(sorted, 95), (n / 20) * 19)
  }
})

test('unsorted values, typed or not, give the same percentiles and stay as they were; none give null', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i * 617) % 1000)
  const typed = Float64Array.from(values)
  assert.deepEqual(percentilesOf(values), { p50: 499, p95: 949, p99: 989, max: 999 })
  assert.deepEqual(percentilesOf(typed), percentilesOf(values))
  assert.deepEqual([...typed], values)
  assert.equal(percentilesOf([]), null)
})
