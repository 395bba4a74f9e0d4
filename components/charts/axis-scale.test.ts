/** Axes: covering, round, few. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decadesAround, ticksFromZero, ticksWithin, timeUnitFor } from './axis-scale.ts'

test('ticks begin at zero, cover the largest value, stand evenly and are few', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 8 }), (max, count) => {
      const ticks = ticksFromZero(max, count)
      assert.equal(ticks[0], 0)
      const last = ticks.at(-1) ?? 0
      assert.ok(last >= max * (1 - 1e-6), `${last} covers ${max}`)
      assert.ok(ticks.length >= 2 && ticks.length <= count + 2)
      const step = ticks[1] ?? 0
      for (const [index, tick] of ticks.entries()) assert.ok(Math.abs(tick - index * step) <= 1e-9 * last)
    }),
  )
})

test('worked examples', () => {
  assert.deepEqual(ticksFromZero(1840), [0, 500, 1000, 1500, 2000])
  assert.deepEqual(ticksFromZero(0.3, 3), [0, 0.1, 0.2, 0.3])
  assert.deepEqual(ticksFromZero(0), [0, 1])
  assert.deepEqual(ticksFromZero(Number.NaN), [0, 1])
})

test('an axis that ends with its data has round numbers only, all inside', () => {
  assert.deepEqual(ticksWithin(0, 85.1), [0, 20, 40, 60, 80])
  assert.deepEqual(ticksWithin(0, 65_000), [0, 20_000, 40_000, 60_000])
  assert.deepEqual(ticksWithin(3, 3), [3])
  const ends = fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  fc.assert(
    fc.property(ends, ([from, length]) => {
      const ticks = ticksWithin(from, from + length)
      assert.ok(ticks.length >= 1 && ticks.length <= 7)
      for (const tick of ticks) assert.ok(tick >= from - length * 1e-6 && tick <= from + length * (1 + 1e-6))
    }),
  )
})

test('times keep milliseconds until they are long or very short', () => {
  assert.deepEqual([0, 0.02, 3, 9_000, 12_000].map(timeUnitFor), [
    'millisecond',
    'microsecond',
    'millisecond',
    'millisecond',
    'second',
  ])
})

test('decades enclose every value above zero, and are at least two', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
      const ticks = decadesAround(values)
      assert.ok(ticks.length >= 2)
      for (const value of values) {
        assert.ok(
          (ticks[0] ?? 0) <= value * (1 + 1e-6) && (ticks.at(-1) ?? 0) >= value * (1 - 1e-6),
          `${ticks} enclose ${value}`,
        )
      }
    }),
  )
  assert.deepEqual(decadesAround([0.9, 398]), [0.1, 1, 10, 100, 1000])
  assert.deepEqual(decadesAround([10]), [10, 100])
  assert.deepEqual(decadesAround([0, -1]), [1, 10])
})
