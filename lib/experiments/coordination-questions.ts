/** What may be asked before a run of `coordination`, and how the answer is read off its result. Without zod: the browser asks and grades. */
import type { CoordinationParams, CoordinationResult } from './coordination.ts'
import { waitingShare } from './coordination-findings.ts'
import type { Question } from './experiment.ts'

const whatHappens: Question<CoordinationParams, CoordinationResult> = {
  id: 'what-happens',
  kind: 'choice',
  options: () => ['all-right', 'damaged', 'sleeps'],
  answer: ({ damage, lostWakeups }) =>
    damage.takenFromEmpty > 0 ? 'damaged' : lostWakeups > 0 ? 'sleeps' : 'all-right',
}

const shareWaiting: Question<CoordinationParams, CoordinationResult> = {
  id: 'share-waiting',
  kind: 'number',
  options: () => [],
  answer: (result) => Math.round(waitingShare(result) * 100),
}

export const coordinationQuestions = [whatHappens, shareWaiting] as const
