/**
 * The movies page: the field, how the search is carried out, what it took, and the films. The address is the one owner of
 * the search; swr holds the answers.
 */
'use client'

import { useSearchParams } from 'next/navigation'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import useSWR from 'swr'
import type { ApiProblem } from '../../lib/client/api.ts'
import type { MovieSearchResponse } from '../../lib/contract/movie.ts'
import { Link, useRouter } from '../../lib/i18n/navigation.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { buttonClasses } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import { ExecutionChoice } from './execution-choice.tsx'
import { MovieGrid, MovieGridSkeleton } from './movie-grid.tsx'
import { MovieSearchBox } from './movie-search-box.tsx'
import { ResultPages } from './result-pages.tsx'
import {
  compareAddress,
  type MovieSearch,
  movieLanguage,
  readSearch,
  searchAddress,
  searchApiPath,
} from './search-address.ts'
import { SearchFailures } from './search-failures.tsx'
import { SearchMeasurement } from './search-measurement.tsx'
import { SearchStarters } from './search-starters.tsx'

export function MovieSearchPage() {
  const t = useTranslations('movies')
  const format = useFormatter()
  const locale = useLocale()
  const router = useRouter()
  const search = readSearch(useSearchParams())
  const asked = search.query !== ''
  const { data, error, isValidating, mutate } = useSWR<MovieSearchResponse, ApiProblem>(
    asked ? searchApiPath(search, movieLanguage(locale)) : null,
    // A search is a measurement too: the same address shows the same answer until it is asked for again.
    { keepPreviousData: true, revalidateIfStale: false, revalidateOnReconnect: false },
  )
  const again = (): Promise<unknown> => mutate(undefined, { revalidate: true })
  const change = (next: MovieSearch): void => router.replace(searchAddress(next), { scroll: false })

  return (
    <div className="flex flex-col gap-10 pt-8 pb-4">
      <header className="flex flex-col gap-5">
        <h1 className="text-2xl sm:text-3xl">{asked ? t('titleFor', { query: search.query }) : t('title')}</h1>
        <div className="max-w-3xl">
          <MovieSearchBox key={search.query} search={search} autoFocus={!asked} />
        </div>
      </header>
      {!asked && <SearchStarters />}
      {asked && (
        <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <aside aria-label={t('execution.title')} className="flex flex-col gap-6 lg:sticky lg:top-6">
            <ExecutionChoice search={search} onChange={change} />
            {(data || !error) && <SearchMeasurement answer={data} busy={isValidating} onAgain={again} />}
            <Link href={compareAddress(search.query)} className={buttonClasses('primary', 'md', 'w-full')}>
              {t('compare')}
            </Link>
          </aside>
          <section aria-labelledby="results" aria-busy={isValidating} className="flex min-w-0 flex-col gap-8">
            <h2 id="results" className="sr-only">
              {t('results.label')}
            </h2>
            <LiveRegion>{data && !isValidating ? t('results.found', { count: data.totalResults }) : ''}</LiveRegion>
            {error && <ProblemAlert problem={error} onRetry={again} />}
            {data && <SearchFailures failures={data.failures} movies={data.results} onRetry={again} />}
            {data && data.results.length > 0 && (
              <p className="-mb-3 text-sm text-muted">
                {t('results.count', { count: data.totalResults })}
                {data.totalPages > 1 &&
                  ` · ${t('results.page', { page: format.number(data.page), last: format.number(data.totalPages) })}`}
              </p>
            )}
            {!data && !error && <MovieGridSkeleton />}
            {data && data.results.length > 0 && (
              <MovieGrid
                movies={data.results}
                incomplete={new Set(data.failures.map((failure) => failure.movieId))}
                fading={isValidating}
              />
            )}
            {data && data.results.length === 0 && (
              <EmptyState icon="film" title={t('results.none', { query: data.query })}>
                {t('results.noneHelp')}
              </EmptyState>
            )}
            {data && <ResultPages search={search} last={Math.min(data.totalPages, 500)} />}
          </section>
        </div>
      )}
    </div>
  )
}
