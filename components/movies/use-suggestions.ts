/**
 * What a half-typed query may mean: one search request without details, made when typing pauses. A later key aborts the
 * request, and an aborted one never reports, so answers can't arrive out of order.
 */
'use client'

import { useLocale } from 'next-intl'
import { useEffect, useState } from 'react'
import { type ApiProblem, apiPath, callApi } from '../../lib/client/api.ts'
import type { Movie, MovieSearchResponse } from '../../lib/contract/movie.ts'
import { LONGEST_QUERY, movieLanguage } from './search-address.ts'

const PAUSE_MS = 160
const SHORTEST = 2
const SHOWN = 8

export type Suggestions =
  | { state: 'idle' }
  /** `movies` are those of the query before, to be seen but not chosen, so that the list doesn't blink. */
  | { state: 'loading'; movies: readonly Movie[] }
  | { state: 'ready'; query: string; movies: readonly Movie[]; total: number }
  | { state: 'failed'; problem: ApiProblem }

const IDLE: Suggestions = { state: 'idle' }

export function useSuggestions(typed: string, wanted: boolean): Suggestions {
  const locale = useLocale()
  const [suggestions, setSuggestions] = useState<Suggestions>(IDLE)
  const query = typed.trim().slice(0, LONGEST_QUERY)
  const asks = wanted && query.length >= SHORTEST

  useEffect(() => {
    if (!asks) return
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      setSuggestions(loadingAfter)
      const answer = await callApi<MovieSearchResponse>(
        apiPath('/api/movies/search', { query, details: false, language: movieLanguage(locale) }),
        { signal: abort.signal },
      )
      if (abort.signal.aborted) return
      setSuggestions(
        answer.problem
          ? { state: 'failed', problem: answer.problem }
          : { state: 'ready', query, movies: answer.data.results.slice(0, SHOWN), total: answer.data.totalResults },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [asks, query, locale])

  if (!asks) return IDLE
  // In the pause before the request, and until its answer, what is known is the answer to something else.
  return suggestions.state === 'ready' && suggestions.query !== query ? loadingAfter(suggestions) : suggestions
}

const loadingAfter = (last: Suggestions): Suggestions => ({
  state: 'loading',
  movies: last.state === 'ready' || last.state === 'loading' ? last.movies : [],
})
