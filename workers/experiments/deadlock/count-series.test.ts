import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CountSeries } from './count-series.ts'

test('a count begins with 0 where the threads began, and each change stands at its moment', () => {
  const rounds = new CountSeries('none', 'rounds-done')
  const told = [
    rounds.tell(2, { beganUs: 1_000, changedUs: 1_400, atUs: 1_500 }),
    rounds.tell(2, { beganUs: 1_000, changedUs: 1_400, atUs: 2_000 }),
  ]
  assert.deepEqual(
    told.flatMap(({ times, values }) => times.map((us, i) => [us, values[i]])),
    [
      [1_000, 0],
      [1_400, 2],
      [2_000, 2],
    ],
  )
})

test('whatever a clock or a look says, neither moments nor values go back, and none is before the beginning', () => {
  const us = fc.nat({ max: 20_000 })
  const looks = fc.array(fc.record({ value: fc.nat({ max: 50 }), changedUs: us, atUs: us }), { minLength: 1 })
  fc.assert(
    fc.property(us, looks, (beganUs, all) => {
      const series = new CountSeries('none', 'rounds-done')
      const told = all.map(({ value, ...moments }) => series.tell(value, { beganUs, ...moments }))
      const [times, values] = [told.flatMap((part) => part.times), told.flatMap((part) => part.values)]
      assert.deepEqual([times[0], values[0]], [beganUs, 0])
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      )
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
      )
    }),
  )
})
