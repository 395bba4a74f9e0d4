/**
 * A search as the address of its page holds it, and the API path that answers it. Whatever an address says becomes a search
 * that can be made: what can't be read takes its default, so that no link is refused.
 */
import { apiPath } from '../../lib/client/api.ts'
import type { Strategy } from '../../lib/contract/strategy.ts'

export interface MovieSearch {
  /** Empty: nothing has been asked yet. */
  query: string
  page: number
  strategy: Strategy
  workers: number
}

/** As lib/contract lists them; that list comes with zod, which stays out of the browser. */
export const STRATEGY_CHOICES = ['sequential', 'async', 'threads', 'processes'] as const satisfies readonly Strategy[]

export const LONGEST_QUERY = 200
export const MOST_WORKERS = 32
const LAST_PAGE = 500

export const DEFAULT_SEARCH: MovieSearch = { query: '', page: 1, strategy: 'async', workers: 8 }

const wholeNumber = (text: string | null, most: number, otherwise: number): number => {
  const number = Number(text ?? Number.NaN)
  return Number.isInteger(number) && number >= 1 && number <= most ? number : otherwise
}

export const readSearch = (address: Pick<URLSearchParams, 'get'>): MovieSearch => ({
  query: (address.get('query') ?? '').trim().slice(0, LONGEST_QUERY),
  page: wholeNumber(address.get('page'), LAST_PAGE, DEFAULT_SEARCH.page),
  strategy: STRATEGY_CHOICES.find((one) => one === address.get('strategy')) ?? DEFAULT_SEARCH.strategy,
  workers: wholeNumber(address.get('workers'), MOST_WORKERS, DEFAULT_SEARCH.workers),
})

/** Only what differs from the defaults. */
export const searchAddress = (search: MovieSearch): string =>
  apiPath('/movies', {
    query: search.query || null,
    page: search.page === DEFAULT_SEARCH.page ? null : search.page,
    strategy: search.strategy === DEFAULT_SEARCH.strategy ? null : search.strategy,
    workers: search.workers === DEFAULT_SEARCH.workers ? null : search.workers,
  })

export const searchApiPath = ({ query, page, strategy, workers }: MovieSearch, language: string): string =>
  apiPath('/api/movies/search', { query, page, strategy, workers, language })

/** The comparison of all four strategies on this query, started as it opens. */
export const compareAddress = (query: string): string =>
  apiPath('/labs/movie-search', { preset: 'quick', query: query || null, start: 1 })

/** TMDB's tag for a reader's language. */
export const movieLanguage = (locale: string): string => (locale === 'ru' ? 'ru-RU' : 'en-US')
