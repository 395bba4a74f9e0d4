/** Down-sampling keeps what the eye looks for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { downSample } from './down-sample.ts'

const line = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 3000 })
  .map((values) => values.map((y, x) => ({ x, y })))

test('the smallest, the largest, the first and the last point stay, in order, within the limit', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 8, max: 500 }), (points, limit) => {
      const kept = downSample(points, limit)
      assert.ok(kept.length <= Math.max(limit, 0) || points.length <= limit)
      if (points.length === 0) return
      const ys = points.map(({ y }) => y)
      const keptYs = kept.map(({ y }) => y)
      assert.equal(
        keptYs.reduce((a, b) => Math.min(a, b)),
        ys.reduce((a, b) => Math.min(a, b)),
      )
      assert.equal(
        keptYs.reduce((a, b) => Math.max(a, b)),
        ys.reduce((a, b) => Math.max(a, b)),
      )
      assert.equal(kept[0], points[0])
      assert.equal(kept.at(-1), points.at(-1))
      assert.ok(kept.every((point, index) => index === 0 || point.x > (kept[index - 1]?.x ?? 0)))
    }),
    { numRuns: 200 },
  )
})

test('a single peak among a million points is kept', () => {
  const points = Array.from({ length: 1_000_000 }, (_, x) => ({ x, y: x === 654_321 ? 9 : 1 }))
  assert.ok(downSample(points, 600).some(({ y }) => y === 9))
})
