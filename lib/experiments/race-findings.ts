/**
 * Which sentences a run of `race` supports. "Not observed" is never said without the bound, and never means "impossible": that a
 * right guard excludes an outcome follows from what the guard is, not from the trials.
 */
import type { Finding } from '../contract/comparison.ts'
import { sortedAscending } from '../statistics/median.ts'
import type { RaceParams, RaceResult } from './race.ts'
import { chosenLocksAreRight } from './race-account-locks.ts'
import type { RaceGuard } from './race-kinds.ts'

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

type Facts = Pick<RaceResult, 'outcomes' | 'lost' | 'operations' | 'trials' | 'notObservedBound'>
type Asked = Pick<
  RaceParams,
  'scenario' | 'guard' | 'threads' | 'iterations' | 'accounts' | 'withdrawLock' | 'depositLock'
>

/** Whether the guard excludes the forbidden outcomes by what it is. */
export const isRightGuard = (params: Asked): boolean =>
  params.guard === 'mutex' ||
  params.guard === 'atomic' ||
  (params.guard === 'chosen' && params.scenario === 'bank' && chosenLocksAreRight(params))

export const raceHeadline = (result: Facts, params: Asked): Finding | null => {
  const { total, forbidden } = result.trials
  if (total === 0) return null
  if (forbidden === 0) return notObserved(result, params)
  const values = { trials: total, forbidden, percent: rounded((forbidden / total) * 100, 1) }
  switch (params.scenario) {
    case 'counter': {
      const typical = middleOf(result.lost)
      if (typical === 0) {
        return {
          code: 'increments-lost-rarely',
          values: { ...values, worst: Math.max(...result.lost), of: result.operations },
        }
      }
      return {
        code: 'increments-lost',
        values: {
          ...values,
          lost: typical,
          of: result.operations,
          lostPercent: rounded((typical / result.operations) * 100, 1),
        },
      }
    }
    case 'bank':
      return { code: 'bank-broken', values: { ...values, worst: Math.max(...result.lost.map(Math.abs)) } }
    case 'lazy-init':
      return { code: 'built-twice', values: { ...values, ...observedShare(result) } }
    case 'message':
      return { code: 'flag-early', values: { ...values, ...observedShare(result) } }
  }
}

/** What one trial lost, so always a whole number: of two in the middle the lesser. */
const middleOf = (lost: readonly number[]): number => sortedAscending(lost)[(lost.length - 1) >> 1] ?? 0

const observedShare = ({ outcomes }: Facts): { count: number; observations: number; share: number } => {
  const count = outcomes.reduce((sum, outcome) => sum + (outcome.expect === 'forbidden' ? outcome.count : 0), 0)
  const observations = outcomes.reduce((sum, outcome) => sum + outcome.count, 0)
  return { count, observations, share: rounded((count / observations) * 100, 2) }
}

const notObserved = (result: Facts, params: Asked): Finding => ({
  code: isRightGuard(params) ? 'guard-held' : 'not-observed',
  values: {
    trials: result.trials.total,
    operations: result.trials.total * result.operations,
    guard: params.guard,
    boundPercent: rounded((result.notObservedBound ?? 1) * 100, 1),
  },
})

const WHY_WRONG: Partial<Record<RaceGuard, string>> = {
  'lock-per-thread': 'own-locks-exclude-nobody',
  'write-only': 'write-lock-too-late',
}

/** Only of a guard that did fail here. */
const whyWrong = (result: Facts, params: Asked): Finding[] => {
  const { scenario, guard, withdrawLock, depositLock } = params
  if (result.trials.forbidden === 0) return []
  if (guard === 'chosen')
    return [{ code: 'chosen-locks-differ', values: { withdraw: withdrawLock, deposit: depositLock } }]
  const code = WHY_WRONG[guard]
  return code === undefined
    ? []
    : [{ code: scenario === 'message' && guard === 'write-only' ? 'reader-without-lock' : code, values: {} }]
}

export const raceFindings = (result: RaceResult, params: Asked): Finding[] => {
  const { trials, firstForbiddenTrial, outcomes, architecture, cores } = result
  const headline = raceHeadline(result, params)
  const countOf = (label: string): number => outcomes.find((outcome) => outcome.label === label)?.count ?? 0
  const right = trials.forbidden === 0 && isRightGuard(params)
  return [
    ...(headline ? [headline] : []),
    ...(firstForbiddenTrial === null
      ? []
      : firstForbiddenTrial === 1
        ? [{ code: 'first-trial-wrong', values: {} }]
        : [{ code: 'first-wrong-trial', values: { trial: firstForbiddenTrial, before: firstForbiddenTrial - 1 } }]),
    ...(firstForbiddenTrial !== null && trials.forbidden < trials.total
      ? [{ code: 'some-trials-right', values: { right: trials.total - trials.forbidden, trials: trials.total } }]
      : []),
    ...whyWrong(result, params),
    ...(right ? [{ code: 'proof-is-the-guard', values: { guard: params.guard } }] : []),
    ...(countOf('below-one-thread') > 0
      ? [{ code: 'below-one-thread', values: { trials: countOf('below-one-thread'), iterations: params.iterations } }]
      : []),
    ...(countOf('wrong-accounts') > 0
      ? [{ code: 'right-by-chance', values: { trials: countOf('wrong-accounts') } }]
      : []),
    ...(countOf('money-in-flight') > 0
      ? [{ code: 'money-in-flight', values: { trials: countOf('money-in-flight') } }]
      : []),
    ...(params.scenario === 'message' && trials.forbidden > 0
      ? [{ code: 'program-order', values: { architecture } }]
      : []),
    ...(cores === 1 ? [{ code: 'one-core', values: {} }] : []),
  ]
}
