import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amdahlSpeedup } from './amdahl.ts'
import { fitUsl, fitUslOverRounds, uslPeak, uslThroughput } from './universal-scalability-law.ts'

const near = (actual: number | undefined, expected: number, tolerance: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) / expected - 1) < tolerance, `${actual}, expected ${expected}`)

test("Schwartz's Cisco measurements (Practical Scalability, 2015) give his λ 995.6486, σ 0.02671591, κ 0.0007690945, peak at 35", () => {
  const throughputs = [
    955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7, 9047.84,
    9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37, 12075.41,
    12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
  ]
  const fit = fitUsl(throughputs.map((throughput, i) => ({ workers: i + 1, throughput })))
  assert.ok(fit)
  near(fit.gamma, 995.6486, 1e-5)
  near(fit.alpha, 0.02671591, 1e-5)
  near(fit.beta, 7.690945e-4, 1e-5)
  assert.equal(Math.floor(uslPeak(fit)), 35)
  near(uslThroughput(fit, 35), 12341.745, 1e-5)
})

test('SPEC SDM91 on the SPARCcenter 2000 gives the coefficients of the R package usl: 89.9952, 0.0277285, 0.0001044', () => {
  const points = [
    [1, 64.9],
    [18, 995.9],
    [36, 1652.4],
    [72, 1853.2],
    [108, 1828.9],
    [144, 1775],
    [216, 1702.2],
  ].map(([workers = 0, throughput = 0]) => ({ workers, throughput }))
  const fit = fitUsl(points)
  near(fit?.gamma, 89.9952, 1e-5)
  near(fit?.alpha, 0.0277285, 1e-4)
  near(fit?.beta, 0.0001044, 1e-3)
})

test("without coherency it is Amdahl's law, and the fit says so", () => {
  const points = [1, 2, 3, 4, 6, 8].map((workers) => ({ workers, throughput: amdahlSpeedup(0.1, workers) }))
  const fit = fitUsl(points)
  assert.ok(fit && Math.abs(fit.alpha - 0.1) < 1e-9 && Math.abs(fit.beta) < 1e-9)
})

test('points better than linear don’t make negative coefficients, and uslPeak then is infinite', () => {
  const fit = fitUsl([1, 2, 3, 4].map((workers) => ({ workers, throughput: workers ** 1.1 })))
  assert.ok(fit && fit.alpha === 0 && fit.beta === 0)
  assert.equal(uslPeak(fit), Number.POSITIVE_INFINITY)
})

test('where the free fit would have negative contention, coherency alone is fitted, and nearer than any other', () => {
  const truth = { alpha: -0.02, beta: 0.02, gamma: 1 }
  const points = [1, 2, 3, 4, 6, 8].map((workers) => ({ workers, throughput: uslThroughput(truth, workers) }))
  const fit = fitUsl(points)
  assert.ok(fit && fit.alpha === 0 && fit.beta > 0)
  const missOf = (beta: number, gamma: number) =>
    points.reduce(
      (sum, { workers, throughput }) => sum + (throughput - uslThroughput({ alpha: 0, beta, gamma }, workers)) ** 2,
      0,
    )
  const least = missOf(fit.beta, fit.gamma)
  for (const factor of [0.99, 1.01]) {
    assert.ok(missOf(fit.beta * factor, fit.gamma) > least)
    assert.ok(missOf(fit.beta, fit.gamma * factor) > least)
  }
})

test('fewer than three numbers of workers can’t be fitted; rounds give intervals', () => {
  assert.equal(fitUsl([1, 2, 2].map((workers) => ({ workers, throughput: workers }))), null)
  assert.equal(fitUslOverRounds([[]]), null)
  const rounds = Array.from({ length: 6 }, (_, round) =>
    [1, 2, 3, 4].map((workers) => ({
      workers,
      throughput: uslThroughput({ alpha: 0.05 + round / 1000, beta: 0.01, gamma: 1 }, workers),
    })),
  )
  const fit = fitUslOverRounds(rounds)
  near(fit?.alpha.value, 0.0525, 1e-6)
  near(fit?.alpha.ci95?.[0], 0.05, 1e-6)
  near(fit?.beta.value, 0.01, 1e-6)
})
