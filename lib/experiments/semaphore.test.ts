import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SemaphoreParams, SemaphoreResult } from './semaphore.ts'
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
