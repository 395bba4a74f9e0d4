import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jainFairness } from './jain-fairness.ts'

test("shares of 1, 3 and 5 times the fair one have an index of 0.77 (Jain, 'The Art of Computer Systems Performance Analysis')", () => {
  assert.equal(jainFairness([1, 3, 5]).toFixed(2), '0.77')
})

test('when k of n share everything evenly the index is k/n, as the report proves', () => {
  assert.equal(jainFairness([7, 7, 7, 0, 0, 0, 0, 0, 0, 0]), 0.3)
  assert.equal(jainFairness([4, 4, 4, 4]), 1)
  assert.equal(jainFairness([0, 0]), 1)
})
