/** What may be asked before a run of lock-contention. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { LockContentionParams } from './lock-contention.ts'
import { makesWait } from './lock-contention-locks.ts'
import type { LockContentionResult } from './lock-contention-result.ts'

type Asked = Question<LockContentionParams, LockContentionResult>

/** Of the first lock at which threads wait for one another; whole percent. */
const waitedShareQuestion: Asked = {
  id: 'waited-share',
  kind: 'number',
  options: () => [],
  answer: ({ locks }) => {
    const first = locks.find(({ lock }) => makesWait(lock))
    return first ? Math.round(first.waitedShare * 100) : null
  },
  asksAbout: ({ locks }) => ({ lock: locks.find(makesWait) ?? 'none' }),
}

/** The lock that was acquired most often, or 'too-close' when the intervals of the first two meet. */
const mostOftenQuestion: Asked = {
  id: 'most-often',
  kind: 'choice',
  options: ({ locks }) => [...locks, 'too-close'],
  answer: ({ locks }) => {
    const [first, second] = [...locks].sort((a, b) => b.throughputPerSecond - a.throughputPerSecond)
    if (!first?.throughputCi95 || !second?.throughputCi95) return null
    return first.throughputCi95[0] > second.throughputCi95[1] ? first.lock : 'too-close'
  },
}

export const lockContentionQuestions: readonly Asked[] = [waitedShareQuestion, mostOftenQuestion]
