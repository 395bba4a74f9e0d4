/** What may be asked before a run of `race`, and how the answer is read off its result. Without zod: the browser asks and grades. */
import { median } from '../statistics/median.ts'
import type { Question } from './experiment.ts'
import type { RaceParams, RaceResult } from './race.ts'

const goesWrong: Question<RaceParams, RaceResult> = {
  id: 'goes-wrong',
  kind: 'choice',
  options: () => ['never', 'some-trials', 'every-trial'],
  answer: ({ trials }) =>
    trials.total === 0
      ? null
      : trials.forbidden === 0
        ? 'never'
        : trials.forbidden < trials.total
          ? 'some-trials'
          : 'every-trial',
}

/** Per cent of the operations of the trial in the middle. */
const shareLost: Question<RaceParams, RaceResult> = {
  id: 'share-lost',
  kind: 'number',
  options: () => [],
  answer: ({ lost, operations }, { scenario }) =>
    lost.length === 0 || scenario === 'bank' ? null : Math.round((median(lost) / operations) * 1000) / 10,
}

export const raceQuestions = [goesWrong, shareLost] as const
