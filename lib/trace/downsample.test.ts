import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { downsample } from './downsample.ts'

test('whatever the series, few points remain, none invented, in order, with the first, the last and both extremes', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 1,
  })
  fc.assert(
    fc.property(points, fc.integer({ min: 4, max: 60 }), (unsorted, maxPoints) => {
      const sorted = unsorted.toSorted((a, b) => a[0] - b[0])
      const times = sorted.map(([time]) => time)
      const values = sorted.map(([, value]) => value)
      const kept = downsample({ times, values }, maxPoints)
      assert.ok(kept.times.length <= maxPoints)
      assert.equal(kept.times.length, kept.values.length)
      let from = 0
      for (const [i, time] of kept.times.entries()) {
        const at = sorted.findIndex(([t, v], index) => index >= from && t === time && v === kept.values[i])
        assert.ok(at >= from, 'a point that was not there')
        from = at + 1
      }
      assert.equal(Math.max(...kept.values), Math.max(...values))
      assert.equal(Math.min(...kept.values), Math.min(...values))
      assert.deepEqual([kept.times[0], kept.values[0]], [times[0], values[0]])
      assert.deepEqual([kept.times.at(-1), kept.values.at(-1)], [times.at(-1), values.at(-1)])
    }),
    { numRuns: 300 },
  )
})

test('a series that is short enough stays as it is', () => {
  assert.deepEqual(downsample({ times: [1, 2], values: [3, 4] }, 4), { times: [1, 2], values: [3, 4] })
  assert.deepEqual(downsample({ times: [], values: [] }, 4), { times: [], values: [] })
})
