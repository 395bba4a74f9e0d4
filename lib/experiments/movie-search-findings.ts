/** Which sentences a search by several strategies supports, beyond those of any comparison. */
import type { Comparison, Finding } from '../contract/comparison.ts'
import { headlineOf, modelFinding, pairFinding, startupFinding } from './comparison-findings.ts'

export interface MovieSearchFacts {
  comparison: Comparison
  workers: number
  films: number
  /** Of all strategies and counted rounds. */
  sent: number
  failed: number
  /** The run's allowance; null where nothing limits. */
  requestsPerSecond: number | null
  /** The limit is emulated, as far as there is one. */
  emulated: boolean
  /** Searches, of all, that got no list and so asked for no film. */
  withoutList: number
  searches: number
}

export const movieSearchFindings = (facts: MovieSearchFacts): Finding[] => {
  const { comparison, workers, films, sent, failed, requestsPerSecond, emulated, withoutList, searches } = facts
  const headline = headlineOf(comparison)
  const overlapping = comparison.entries.some((entry) => entry.key !== 'sequential')
  return [
    ...(films === 0 ? [{ code: 'no-films', values: {} }] : []),
    ...(headline ? [headline] : []),
    ...pairFinding(comparison, 'async', 'threads'),
    ...pairFinding(comparison, 'threads', 'processes'),
    ...modelFinding(comparison.entries),
    ...startupFinding(comparison.entries),
    ...(overlapping && films > 0 && films < workers ? [{ code: 'workers-idle', values: { workers, films } }] : []),
    ...(requestsPerSecond === null
      ? []
      : [{ code: emulated ? 'rate-limit-emulated' : 'rate-limited', values: { perSecond: requestsPerSecond } }]),
    ...(withoutList > 0 ? [{ code: 'without-list', values: { count: withoutList, searches } }] : []),
    ...(failed > 0 ? [{ code: 'some-failed', values: { failed, sent } }] : []),
  ]
}
