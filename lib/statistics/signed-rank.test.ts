import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedRankEstimate, walshAveragesCut } from './signed-rank.ts'

test('the depression scores of Hollander and Wolfe (example 3.1, also in R: wilcox.test) give −0.46 and −0.786 … −0.010', () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  const { centre, ci95 } = signedRankEstimate(before.map((value, i) => (after[i] ?? 0) - value))
  assert.equal(centre.toFixed(3), '-0.460')
  assert.deepEqual(
    ci95?.map((end) => end.toFixed(3)),
    ['-0.786', '-0.010'],
  )
})

test("the critical values are those of Wilcoxon's table at 5%, two-sided", () => {
  const table = { 5: -1, 6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 12: 13, 15: 25, 20: 52, 25: 89, 30: 137, 40: 264, 50: 434 }
  for (const [n, value] of Object.entries(table)) assert.equal(walshAveragesCut(Number(n)), value, `n = ${n}`)
})

test('beyond 50 the normal approximation is the exact value, or one below it, which is on the safe side', () => {
  // By the exact recursion, which takes long at these sizes.
  const exact = { 51: 453, 53: 494, 60: 648, 70: 907, 80: 1211, 100: 1955, 150: 4618, 200: 8444 }
  for (const [n, value] of Object.entries(exact)) {
    const cut = walshAveragesCut(Number(n))
    assert.ok(cut === value || cut === value - 1, `n = ${n}: ${cut}`)
  }
})

test('without differences there is no centre, and with five no interval', () => {
  assert.ok(Number.isNaN(signedRankEstimate([]).centre))
  assert.deepEqual(signedRankEstimate([1, 1, 1, 1, 1]), { centre: 1, ci95: null })
})
