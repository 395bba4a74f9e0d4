import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom } from '../../statistics/seeded-random.ts'
import { amdahlSpeedup, fitSerialShare, gustafsonSpeedup, karpFlatt, serialShareOf } from './amdahl.ts'
import { estimateOf } from './estimate.ts'

test("95% parallel is at most 5.9 times as fast on 8 processors (Quinn, 'Parallel Programming in C', 7.4), 20 times on any number", () => {
  assert.equal(amdahlSpeedup(0.05, 8).toFixed(1), '5.9')
  assert.ok(Math.abs(amdahlSpeedup(0.05, 1e9) - 20) < 1e-4)
})

test('3% serial time on 10 processors is a scaled speed-up of 9.73 (Quinn, 7.5)', () => {
  assert.equal(gustafsonSpeedup(0.03, 10).toFixed(2), '9.73')
})

test("Karp–Flatt's share of Quinn's two programs: constant 0.1, and growing from 0.070 to 0.100 (Quinn, 7.6)", () => {
  const shares = (speedups: number[]) => speedups.map((speedup, i) => karpFlatt(speedup, i + 2)?.toFixed(3))
  // The second program's overhead grows by 0.005 with each processor; speed-ups are printed with two decimals.
  assert.deepEqual(
    shares([1.82, 2.5, 3.08, 3.57, 4, 4.38, 4.71]).map((share) => Number(share).toFixed(1)),
    ['0.1', '0.1', '0.1', '0.1', '0.1', '0.1', '0.1'],
  )
  assert.deepEqual(shares([1.87, 2.61, 3.23, 3.73, 4.14, 4.46, 4.71]), [
    '0.070',
    '0.075',
    '0.079',
    '0.085',
    '0.090',
    '0.095',
    '0.100',
  ])
  assert.equal(karpFlatt(1, 1), null)
})

test('more workers than cores are as many as the cores, by both laws', () => {
  assert.equal(amdahlSpeedup(0, 8, 2), 2)
  assert.equal(gustafsonSpeedup(0.1, 8, 2), gustafsonSpeedup(0.1, 2))
})

test('the fit gives back the share that the points were made with', () => {
  for (const share of [0, 0.1, 0.9, 1]) {
    const points = [1, 2, 3, 4, 8].map((workers) => ({ workers, speedup: amdahlSpeedup(share, workers) }))
    assert.ok(Math.abs((serialShareOf(points) ?? Number.NaN) - share) < 1e-12)
  }
  assert.equal(serialShareOf([{ workers: 2, speedup: 2.1 }]), 0)
  assert.equal(serialShareOf([{ workers: 1, speedup: 1 }]), null)
})

test('the interval covers the true share in at least 93% of noisy scalings, even with one point, as on two cores', () => {
  const random = createSeededRandom(9)
  for (const counts of [[2], [2, 3, 4]]) {
    let covered = 0
    for (let trial = 0; trial < 500; trial++) {
      const rounds = Array.from({ length: 8 }, () =>
        counts.map((workers) => ({ workers, speedup: amdahlSpeedup(0.2, workers) * random.logNormal(1, 0.03) })),
      )
      const ci95 = fitSerialShare(rounds)?.ci95
      if (ci95 && ci95[0] <= 0.2 && 0.2 <= ci95[1]) covered++
    }
    assert.ok(covered >= 465, `${covered} of 500`)
  }
})

test('few rounds give a share without an interval, and none give nothing', () => {
  const fit = fitSerialShare([[{ workers: 2, speedup: 1.6 }], [{ workers: 2, speedup: 1.6 }]])
  assert.ok(fit && Math.abs(fit.value - 0.25) < 1e-12)
  assert.equal(fit.ci95, null)
  assert.equal(fitSerialShare([[{ workers: 1, speedup: 1 }]]), null)
})

test('where most rounds give exactly one value, such as the limit 0, it is that value', () => {
  assert.equal(estimateOf([0, 0, 0, 0, 0.1, 0.2, 0.3])?.value, 0)
})
