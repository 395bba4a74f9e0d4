import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LOG_BUCKETS, logBins, logBucketOf, logBucketStart, logPercentile } from './log-histogram.ts'

const microseconds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

const countsOf = (values: readonly number[]): Float64Array => {
  const counts = new Float64Array(LOG_BUCKETS)
  for (const value of values) counts[logBucketOf(value)] = (counts[logBucketOf(value)] ?? 0) + 1
  return counts
}

test('every value lies in its bucket, and buckets follow each other without a gap', () => {
  fc.assert(
    fc.property(microseconds, (value) => {
      const bucket = logBucketOf(value)
      assert.ok(bucket < LOG_BUCKETS)
      assert.ok(logBucketStart(bucket) <= value && value < logBucketStart(bucket + 1))
    }),
  )
  assert.equal(logBucketOf(2 ** 31 - 1), LOG_BUCKETS - 1)
  assert.equal(logBucketOf(2 ** 40), LOG_BUCKETS - 1)
})

test('a percentile is within 1.6% of the one of the sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(microseconds, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const sorted = values.toSorted((a, b) => a - b)
        const exact = sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length - 1e-9)) - 1] ?? 0
        assert.ok(Math.abs(logPercentile(countsOf(values), percent) - exact) <= exact * 0.016)
      },
    ),
  )
})

test('bars hold every value once, and there are no more than asked for', () => {
  fc.assert(
    fc.property(fc.array(microseconds, { maxLength: 100 }), fc.integer({ min: 1, max: 40 }), (values, count) => {
      const bins = logBins(countsOf(values), count)
      assert.ok(bins.length <= count)
      assert.equal(
        bins.reduce((sum, bin) => sum + bin.count, 0),
        values.length,
      )
    }),
  )
})
