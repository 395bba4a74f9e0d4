/** What may be asked before a run of semaphore. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { SemaphoreParams, SemaphoreResult } from './semaphore.ts'
import { RELEASED } from './semaphore-releases.ts'

type Asked = Question<SemaphoreParams, SemaphoreResult>

/** The only one of the four that refuses a stranger. */
const refusesQuestion: Asked = {
  id: 'refuses',
  kind: 'choice',
  options: () => [...RELEASED, 'nobody'],
  answer: ({ foreignRelease }) => {
    const refusing = RELEASED.filter((one) => foreignRelease[one] !== 'accepted')
    return refusing.length === 0 ? 'nobody' : refusing.length === 1 ? (refusing[0] ?? null) : null
  },
}

/** Milliseconds, whole. */
const elapsedQuestion: Asked = {
  id: 'elapsed',
  kind: 'number',
  options: () => [],
  answer: ({ elapsedMs }) => Math.round(elapsedMs),
}

export const semaphoreQuestions: readonly Asked[] = [refusesQuestion, elapsedQuestion]
