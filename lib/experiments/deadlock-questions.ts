/** What may be asked before a run of `deadlock`, and how the answer is read off its result. Without zod: the browser asks and grades. */
import type { DeadlockParams, DeadlockResult } from './deadlock.ts'
import { CONDITIONS } from './deadlock-policies.ts'
import type { Question } from './experiment.ts'

const outcome: Question<DeadlockParams, DeadlockResult> = {
  id: 'outcome',
  kind: 'choice',
  options: () => ['completed', 'deadlocked', 'livelocked'],
  answer: (result) => result.outcome,
}

const condition: Question<DeadlockParams, DeadlockResult> = {
  id: 'condition',
  kind: 'choice',
  options: () => [...CONDITIONS, 'none'],
  answer: ({ coffman }) => CONDITIONS.find((one) => !coffman[one]) ?? 'none',
}

/** Only a run that froze can tell. */
const roundsBefore: Question<DeadlockParams, DeadlockResult> = {
  id: 'rounds-before',
  kind: 'number',
  options: () => [],
  answer: (result) =>
    result.outcome === 'deadlocked' ? result.roundsDone.reduce((sum, rounds) => sum + rounds, 0) : null,
}

export const deadlockQuestions = [outcome, condition, roundsBefore] as const
