import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { median, quantile } from './median.ts'

test("quantiles are R's default: quantile(1:10) is 1, 3.25, 5.5, 7.75, 10", () => {
  const values = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5]
  assert.deepEqual(
    [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p)),
    [1, 3.25, 5.5, 7.75, 10],
  )
})

test("the median of NumPy's example, 10 7 4 3 2 1, is 3.5, and of nothing NaN", () => {
  assert.equal(median([10, 7, 4, 3, 2, 1]), 3.5)
  assert.equal(median([2]), 2)
  assert.ok(Number.isNaN(median([])))
})

test('a quantile lies within the samples, grows with the probability, and leaves the samples alone', () => {
  const finite = fc.double({ noNaN: true, min: -1e300, max: 1e300 })
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (samples, p) => {
      const copy = [...samples]
      const value = quantile(samples, p)
      assert.deepEqual(samples, copy)
      assert.ok(value >= Math.min(...samples) && value <= Math.max(...samples))
      assert.ok(quantile(samples, p / 2) <= value)
    }),
  )
})
