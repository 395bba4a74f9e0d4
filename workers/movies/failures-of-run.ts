/**
 * What failed in the searches of a run: each film and each page with each reason once, however often it happened, and whether
 * a search that got no list at all is to be borne or means that the run has nothing to measure.
 */
import type { MovieFailure, PageFailure } from '#lib/contract/movie.ts'
import type { FanOut } from './fan-out.ts'

type Failed = Pick<FanOut, 'failures' | 'pageFailures'>

const once = <Failure>(failures: readonly Failure[], keyOf: (failure: Failure) => string): Failure[] => [
  ...new Map(failures.map((failure) => [keyOf(failure), failure])).values(),
]

export const failuresOf = (searches: readonly Failed[]): { failures: MovieFailure[]; pageFailures: PageFailure[] } => ({
  failures: once(
    searches.flatMap(({ failures }) => failures),
    ({ movieId, code }) => `${movieId} ${code}`,
  ),
  pageFailures: once(
    searches.flatMap(({ pageFailures }) => pageFailures.map(({ page, code, message }) => ({ page, code, message }))),
    ({ page, code }) => `${page} ${code}`,
  ),
})

/** What another request may fare better with; the rest would be answered the same in every round. */
const PASSING: readonly string[] = ['timeout', 'unavailable', 'rate-limited']

/** In a row. With half of the requests failing and three retries each, this many come once in four thousand searches. */
const MOST_WITHOUT_LIST = 3

/** Watches the searches of a run for lists that never come. */
export class ListWatch {
  #inARow = 0
  #borne: boolean

  /** @param expectsFailures whether failures were asked for, so that the first search may fail already */
  constructor(expectsFailures: boolean) {
    this.#borne = expectsFailures
  }

  /** The failure that ends the run, or null where it goes on. */
  failureThatEnds({
    found,
    pageFailures,
  }: Pick<FanOut, 'found' | 'pageFailures'>): { code: string; message: string } | null {
    const [failure] = pageFailures
    if (found !== null || failure === undefined) {
      this.#inARow = 0
      this.#borne = true
      return null
    }
    this.#inARow += 1
    const goesOn = this.#borne && PASSING.includes(failure.code) && this.#inARow < MOST_WITHOUT_LIST
    return goesOn ? null : failure
  }
}
