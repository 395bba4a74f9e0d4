/** What may be asked before a run of scheduling, and how the answer is read off its result. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { SchedulingParams, SchedulingResult } from './scheduling.ts'

/** By the stretches' own p99: 'too-close' where intervals overlap, null where there are too few stretches for intervals. */
const smallestP99: Question<SchedulingParams, SchedulingResult> = {
  id: 'smallest-p99',
  kind: 'choice',
  options: (params) => [...params.kinds, 'too-close'],
  answer: ({ comparison }) => {
    const [first, second] = [...comparison.entries].sort((a, b) => a.medianMs - b.medianMs)
    if (!first?.ci95Ms || !second?.ci95Ms) return null
    return first.ci95Ms[1] < second.ci95Ms[0] ? first.key : 'too-close'
  },
}

const longestWait: Question<SchedulingParams, SchedulingResult> = {
  id: 'longest-wait',
  kind: 'number',
  options: () => [],
  answer: ({ kinds }) => {
    const never = kinds.find(({ kind }) => kind === 'cooperative')
    return never ? Math.round(never.latencyMs.max) : null
  },
}

export const schedulingQuestions = [smallestP99, longestWait] as const
