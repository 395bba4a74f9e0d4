import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lostBins } from './race-lost-bins.ts'

test('trials that lost nothing stand alone, whatever the others lost', () => {
  const bins = lostBins([0, 0, 120, 300, 9_000, -40])
  const zero = bins.find(({ from, to }) => from <= 0 && to > 0)
  assert.deepEqual(zero, { from: 0, to: 1, count: 2 })
})

test('every trial is counted between whole limits, once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 })), (lost) => {
      const bins = lostBins(lost)
      assert.equal(
        bins.reduce((sum, { count }) => sum + count, 0),
        lost.length,
      )
      for (const { from, to, count } of bins) {
        assert.ok(Number.isInteger(from) && Number.isInteger(to) && to > from)
        assert.equal(lost.filter((value) => value >= from && value < to).length, count)
      }
    }),
  )
})
