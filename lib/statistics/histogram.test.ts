import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { histogramOf, linearEdges, logarithmicEdges } from './histogram.ts'

test('a bin holds its lower edge, and the last bin both', () => {
  assert.deepEqual(histogramOf([0, 1, 1, 2, 3.9, 4], linearEdges(0, 4, 2)), [
    { from: 0, to: 2, count: 3 },
    { from: 2, to: 4, count: 3 },
  ])
})

test('logarithmic bins have one ratio and meet both ends', () => {
  const edges = logarithmicEdges(1, 1000, 3)
  assert.deepEqual(
    edges.map((edge) => edge.toFixed(9)),
    ['1.000000000', '10.000000000', '100.000000000', '1000.000000000'],
  )
})

test('whatever comes, every value is counted once, those outside at the ends', () => {
  const values = fc.array(fc.double({ noNaN: true }))
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (all, bins) => {
      const counts = histogramOf(all, linearEdges(-10, 10, bins)).map((bin) => bin.count)
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        all.length,
      )
      assert.ok((counts[0] ?? 0) >= all.filter((value) => value < -10).length)
      assert.ok((counts.at(-1) ?? 0) >= all.filter((value) => value >= 10).length)
    }),
  )
})

test('values that are all equal fill one bin', () => {
  assert.deepEqual(histogramOf([7, 7], linearEdges(7, 7, 20)), [{ from: 7, to: 7, count: 2 }])
})
