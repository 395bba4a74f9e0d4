/** What the trials told so far come to, while a run goes on: the same figures as in its result, from its samples. */
import type { Sample } from '../contract/run-event.ts'
import { ruleOfThree } from '../statistics/rule-of-three.ts'
import type { RaceParams, RaceResult } from './race.ts'
import { isForbidden, OUTCOME_KINDS, outcomesOf } from './race-kinds.ts'

export type RaceFigures = Pick<RaceResult, 'outcomes' | 'lost' | 'operations' | 'trials' | 'notObservedBound'>

/** Of one trial: increments, transfers, objects wanted, messages read. */
export const operationsOf = ({ scenario, threads, iterations }: RaceParams): number =>
  iterations * (scenario === 'lazy-init' ? 1 : scenario === 'message' ? threads - 1 : threads)

/** Of those counted; warm-up trials carry negative numbers. */
export const raceSoFar = (samples: readonly Sample[], params: RaceParams): RaceFigures => {
  const counted = samples.filter(({ round }) => round >= 0)
  const labels = OUTCOME_KINDS[params.scenario].map(({ label }) => label)
  const counts = Object.fromEntries(
    labels.map((label) => [label, counted.reduce((sum, sample) => sum + countOf(sample, label), 0)]),
  )
  const forbidden = counted.filter((sample) =>
    labels.some((label) => isForbidden(params.scenario, label) && countOf(sample, label) > 0),
  ).length
  return {
    outcomes: outcomesOf(params.scenario, counts),
    lost: counted.map(({ lost }) => (typeof lost === 'number' ? lost : 0)),
    operations: operationsOf(params),
    trials: { total: counted.length, forbidden },
    notObservedBound: forbidden > 0 ? null : ruleOfThree(counted.length),
  }
}

const countOf = (sample: Sample, label: string): number => {
  const count = sample[label]
  return typeof count === 'number' ? count : 0
}
