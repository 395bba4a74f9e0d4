/** The time axis: even marks in the view, as dense as labels allow, with labels that differ. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { axisOf, stepFrom } from './ticks.ts'
import { timelineFormat } from './timeline-format.ts'

test('steps are 1, 2 or 5 times a power of ten and the smallest that suffices', () => {
  assert.equal(stepFrom(1).step, 1)
  assert.equal(stepFrom(1.1).step, 2)
  assert.equal(stepFrom(30).step, 50)
  assert.equal(stepFrom(600).step, 1000)
  assert.equal(stepFrom(0.3).step, 0.5)
})

test('marks lie in the view, evenly, and no denser than their labels allow', () => {
  const view = fc.tuple(fc.double({ min: 0, max: 1e8, noNaN: true }), fc.double({ min: 1, max: 1e7, noNaN: true }))
  fc.assert(
    fc.property(view, fc.integer({ min: 100, max: 2500 }), ([from, length], pixels) => {
      const { times, step } = axisOf({ from, to: from + length }, pixels, 80)
      assert.ok(step >= (length / pixels) * 80 * (1 - 1e-6))
      assert.ok(times.length <= pixels / 80 + 1)
      for (const [i, time] of times.entries()) {
        assert.ok(time >= from - step * 1e-6 && time <= from + length + step * 1e-6)
        if (i > 0) assert.ok(Math.abs(time - (times[i - 1] ?? 0) - step) < step * 1e-3)
      }
    }),
  )
})

test('the unit keeps the labels short and their decimals tell neighbours apart', () => {
  const { format } = { format: timelineFormat('en') }
  const labels = (from: number, to: number): string[] => {
    const axis = axisOf({ from, to }, 400, 80)
    return axis.times.map((time) => format.tick(time, axis))
  }
  assert.deepEqual(labels(0, 500), ['0 μs', '100 μs', '200 μs', '300 μs', '400 μs', '500 μs'])
  assert.deepEqual(labels(0, 5000), ['0 ms', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms'])
  assert.deepEqual(labels(0, 5e6), ['0 sec', '1 sec', '2 sec', '3 sec', '4 sec', '5 sec'])
  const close = labels(1_234_560, 1_234_570)
  assert.equal(new Set(close).size, close.length)
})

test('the first mark of a view that begins at zero is zero, not minus zero', () => {
  const axis = axisOf({ from: 0, to: 1000 }, 400)
  assert.ok(Object.is(axis.times[0], 0))
})
