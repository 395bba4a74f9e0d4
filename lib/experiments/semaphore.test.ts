import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildComparison } from './comparison.ts'
import { type SemaphoreParams, type SemaphoreResult, semaphore } from './semaphore.ts'
import { semaphoreFindings } from './semaphore-findings.ts'
import { permittedJobsMs } from './semaphore-model.ts'
import { semaphoreQuestions } from './semaphore-questions.ts'

test('with a core for everyone inside, the model is ⌈jobs / permits⌉ × jobMs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 0, max: 16 }),
      (jobs, permits, more) => {
        assert.equal(permittedJobsMs(jobs, 20, permits, permits + more), Math.ceil(jobs / permits) * 20)
      },
    ),
  )
})

test('with fewer cores it never promises more than the cores can compute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 1, max: 16 }),
      (jobs, permits, cores) => {
        const ms = permittedJobsMs(jobs, 20, permits, cores)
        assert.ok(ms >= (jobs * 20) / cores - 1e-9)
        assert.ok(ms <= jobs * 20 + 1e-9)
      },
    ),
  )
})

test('8 threads with 3 permits on 2 cores: 13 full waves of 30 ms and a last job alone', () => {
  assert.equal(permittedJobsMs(40, 20, 3, 2), 13 * 30 + 20)
})

test('who refuses is read off what each was told', () => {
  const [refuses] = semaphoreQuestions
  const answer = (mutex: string) =>
    refuses?.answer(
      {
        foreignRelease: { lock: 'accepted', mutex, semaphore: 'accepted', boundedSemaphore: 'accepted' },
      } as SemaphoreResult,
      {} as SemaphoreParams,
    )
  assert.equal(answer('NotOwnerError'), 'mutex')
  assert.equal(answer('accepted'), 'nobody')
})

test('a time far beyond the model is put down to the machine only where it was as slow without the semaphore', () => {
  const refused = { lock: 'accepted', mutex: 'NotOwnerError', semaphore: 'accepted', boundedSemaphore: 'accepted' }
  const entered = { lock: false, mutex: false, semaphore: false, boundedSemaphore: false }
  const busy = (elapsedMs: number, unlimitedMs: number) => {
    const facts: Omit<SemaphoreResult, 'findings' | 'counter'> = {
      comparison: buildComparison({
        seed: 1,
        warmup: 0,
        measured: [
          { key: 'unlimited', samplesMs: [unlimitedMs], startupMs: 0, cpuMs: 0, modelMs: 400 },
          { key: 'semaphore', samplesMs: [elapsedMs], startupMs: 0, cpuMs: 0, modelMs: 410 },
        ],
      }),
      ...{ maxInside: 3, minInside: 0, maxInsideUnlimited: 8, waitedShare: 0.5, cores: 2, sweep: null },
      ...{ elapsedMs, elapsedCi95Ms: null, modelMs: 410, enoughCoresMs: 280 },
      ...{ foreignRelease: refused, enteredAfterwards: entered, holderRelease: refused, idleRelease: refused },
    }
    const params = semaphore.params.parse({})
    return semaphoreFindings(facts, params).find(({ code }) => code === 'machine-busy')?.values
  }
  assert.deepEqual(busy(3_740, 3_500), { times: 9.1, ms: 3_500, modelMs: 400 })
  assert.equal(busy(3_740, 450), undefined)
  assert.equal(busy(450, 3_500), undefined)
})
