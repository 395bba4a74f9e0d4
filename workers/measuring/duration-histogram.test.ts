import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sortedAscending } from '#lib/statistics/median.ts'
import { nearestRank } from '#lib/statistics/percentiles.ts'
import { DurationHistogram } from './duration-histogram.ts'

const durations = fc.array(fc.double({ min: 0, max: 4_000_000, noNaN: true }), { minLength: 1, maxLength: 300 })
const of = (list: readonly number[]): DurationHistogram => {
  const histogram = new DurationHistogram()
  for (const us of list) histogram.record(us)
  return histogram
}

test('percentiles are those of nearest rank to within a bucket', () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(1, 50, 95, 99, 100), (list, percent) => {
      const exact = nearestRank(sortedAscending(list), percent)
      const found = of(list).percentileUs(percent)
      // Half a bucket is 1/64; a nanosecond below that.
      assert.ok(Math.abs(found - exact) <= exact / 32 + 0.001, `${found} for ${exact}`)
    }),
  )
})

test('sum, maximum and count are exact', () => {
  fc.assert(
    fc.property(durations, (list) => {
      const histogram = of(list)
      assert.equal(histogram.count, list.length)
      assert.equal(histogram.maxUs, Math.max(...list))
      assert.ok(Math.abs(histogram.totalUs - list.reduce((sum, us) => sum + us, 0)) <= 1e-6 * histogram.totalUs)
    }),
  )
})

test('adding two is recording all into one', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      const added = of(a)
      added.add(of(b))
      const both = of([...a, ...b])
      assert.equal(added.count, both.count)
      assert.equal(added.percentileUs(95), both.percentileUs(95))
      assert.deepEqual(added.bins(2), both.bins(2))
    }),
  )
})

test('the bins hold everything that took a nanosecond or more, ascending and without overlap', () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(1, 2, 4), (list, perDoubling) => {
      const bins = of(list).bins(perDoubling)
      assert.equal(
        bins.reduce((sum, bin) => sum + bin.count, 0),
        list.filter((us) => us * 1000 >= 1).length,
      )
      for (const [i, bin] of bins.entries())
        assert.ok(bin.from < bin.to && (i === 0 || bin.from >= (bins[i - 1]?.to ?? 0)))
    }),
  )
})

test('what did not wait counts as 0, and what is longer than 4 s still has its maximum', () => {
  const histogram = of([0, 0, 0, 9e6])
  assert.equal(histogram.percentileUs(50), 0)
  assert.equal(histogram.maxUs, 9e6)
  assert.equal(new DurationHistogram().percentileUs(50), 0)
})
