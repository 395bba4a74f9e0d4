/** What may be asked before a run of `scaling`. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { ScalingParams, ScalingResult } from './scaling.ts'

/** How many times faster than one the most workers were. */
const timesFasterQuestion: Question<ScalingParams, ScalingResult> = {
  id: 'times-faster',
  kind: 'number',
  options: () => [],
  answer: ({ points }) => {
    const last = points.at(-1)
    return last && last.workers > 1 ? Math.round(last.speedup.value * 10) / 10 : null
  },
}

export const scalingQuestions = [timesFasterQuestion] as const
