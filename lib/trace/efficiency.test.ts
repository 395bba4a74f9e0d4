import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { efficiencyOf } from './efficiency.ts'

test("a slow worker costs load balance, waiting costs communication (POP's definitions by hand: 7/8 × 8/10 = 0.7)", () => {
  assert.deepEqual(efficiencyOf([8, 8, 8, 4], 10), {
    parallel: 0.7000000000000001,
    loadBalance: 0.875,
    communication: 0.8,
  })
})

test('four threads on two cores that compute all the time have an efficiency of one half by CPU time', () => {
  assert.deepEqual(efficiencyOf([5, 5, 5, 5], 10), { parallel: 0.5, loadBalance: 1, communication: 0.5 })
})

test('a worker that had nothing to do counts, and without anything useful there is no efficiency', () => {
  assert.equal(efficiencyOf([10, 0], 10)?.parallel, 0.5)
  for (const [useful, elapsed] of [
    [[], 10],
    [[0, 0], 10],
    [[1], 0],
  ] as const)
    assert.equal(efficiencyOf(useful, elapsed), null)
})

test('parallel efficiency is useful time ÷ (workers × elapsed), and no part exceeds 1', () => {
  const useful = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 32 })
  fc.assert(
    fc.property(useful, fc.double({ min: 100, max: 1000, noNaN: true }), (times, elapsed) => {
      const efficiency = efficiencyOf(times, elapsed)
      if (efficiency === null) return
      const expected = times.reduce((sum, time) => sum + time, 0) / (times.length * elapsed)
      assert.ok(Math.abs(efficiency.parallel - expected) < 1e-9)
      assert.ok(efficiency.loadBalance <= 1 + 1e-12 && efficiency.communication <= 1)
    }),
  )
  assert.equal(efficiencyOf([10.004], 10)?.communication, 1)
})
