import assert from 'node:assert/strict'
import { test } from 'node:test'
import { geometricMean } from './geometric-mean.ts'

test('the geometric mean of 4, 1 and 1/32 is one half (the textbook example)', () => {
  assert.ok(Math.abs(geometricMean([4, 1, 1 / 32]) - 0.5) < 1e-15)
})

test('changing the baseline inverts the mean, which an arithmetic mean does not do', () => {
  const ratios = [2, 0.5, 3, 1.1]
  assert.ok(Math.abs(geometricMean(ratios) * geometricMean(ratios.map((ratio) => 1 / ratio)) - 1) < 1e-12)
})

test('a thousand small ratios do not underflow; zero, negative numbers and nothing have no geometric mean', () => {
  assert.ok(Math.abs(geometricMean(new Array<number>(1000).fill(1e-3)) - 1e-3) < 1e-12)
  for (const values of [[0, 1], [-1, 1], []]) assert.ok(Number.isNaN(geometricMean(values)))
})
