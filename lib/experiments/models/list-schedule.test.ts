import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectedMakespan, listSchedule } from './list-schedule.ts'

test("Graham's worst case for largest-first on two machines, 3 3 2 2 2, takes 7 where 6 is possible", () => {
  assert.equal(listSchedule([3, 3, 2, 2, 2], 2, 'largest-first').makespan, 7)
})

test("Graham's worst case for any list, m(m−1) ones and then an m, takes 2m−1, and largest-first repairs it", () => {
  const durations = [...new Array<number>(12).fill(1), 4]
  assert.equal(listSchedule(durations, 4).makespan, 7)
  assert.equal(listSchedule(durations, 4, 'largest-first').makespan, 4)
})

test('one heavy task last (24:1 after 64) is bound by .79 in order on two workers, as the bench table says', () => {
  const durations = [...new Array<number>(64).fill(1), 24]
  const total = 64 + 24
  assert.ok(Math.abs(total / 2 / listSchedule(durations, 2).makespan - 44 / 56) < 1e-12)
  assert.equal(total / 2 / listSchedule(durations, 2, 'largest-first').makespan, 1)
})

test('a schedule keeps its bounds: no worker does two things at once, nothing waits while a worker is free', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('in-order' as const, 'largest-first' as const),
      (durations, workers, order) => {
        const { makespan, assignments, busy } = listSchedule(durations, workers, order)
        const total = durations.reduce((sum, value) => sum + value, 0)
        const largest = Math.max(0, ...durations)
        const lower = Math.max(total / workers, largest)
        assert.ok(makespan >= lower - 1e-9)
        assert.ok(makespan <= total / workers + largest * (1 - 1 / workers) + 1e-9)
        assert.equal(
          busy.reduce((sum, value) => sum + value, 0),
          total,
        )
        for (let worker = 0; worker < workers; worker++) {
          const own = assignments
            .filter((one) => one.worker === worker)
            .sort((a, b) => a.start - b.start || a.end - b.end)
          let freeAt = 0
          for (const one of own) {
            assert.equal(one.start, freeAt)
            freeAt = one.end
          }
        }
      },
    ),
  )
})

test('constant latency needs ⌈n / workers⌉ turns, and phases wait for each other', () => {
  const expected = expectedMakespan({ phases: [1, 20], workers: 8, sample: () => 80, trials: 10 })
  assert.deepEqual(expected, { mean: 320, median: 320, p05: 320, p95: 320 })
})

test('the maximum of n exponential waits is the harmonic number H(n) × mean (Feller, vol. II, I.6)', () => {
  const harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5
  const { mean } = expectedMakespan({
    phases: [5],
    workers: 5,
    sample: (random) => random.exponential(10),
    trials: 20_000,
  })
  assert.ok(Math.abs(mean / (10 * harmonic) - 1) < 0.02, `mean ${mean}`)
})

test('one worker takes the sum, and random latency on many workers takes longer than ⌈n / workers⌉ × mean', () => {
  const sample = (random: { logNormal(median: number, sigma: number): number }) => random.logNormal(80, 0.25)
  const meanOfOne = 80 * Math.exp(0.25 ** 2 / 2)
  const alone = expectedMakespan({ phases: [20], workers: 1, sample })
  assert.ok(Math.abs(alone.mean / (20 * meanOfOne) - 1) < 0.01)
  assert.ok(expectedMakespan({ phases: [16], workers: 16, sample }).mean > 1.3 * meanOfOne)
})
