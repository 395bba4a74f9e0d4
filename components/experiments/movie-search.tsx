/** Movie search: the time of one search by each strategy, growing while rounds come in, and the films that were found. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { Movie } from '../../lib/contract/movie.ts'
import { headlineOf } from '../../lib/experiments/comparison-findings.ts'
import type { MovieSearchResult, MovieSearchRunParams } from '../../lib/experiments/movie-search.ts'
import { movieSearchQuestions } from '../../lib/experiments/movie-search-questions.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { MovieGrid } from '../movies/movie-grid.tsx'
import { SearchFailures } from '../movies/search-failures.tsx'
import { Button } from '../ui/button.tsx'
import { Panel } from '../ui/panel.tsx'
import { comparisonSoFar, headlineSoFar } from './comparison-so-far.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'

function MovieSearchCharts({ params, result, samples }: ChartsProps<MovieSearchRunParams, MovieSearchResult>) {
  const t = useTranslations('lab.movieSearch')
  const words = useExperimentWords('movie-search')
  const comparison = useMemo(() => result?.comparison ?? comparisonSoFar(samples, params), [result, samples, params])
  return (
    <>
      <ComparisonBars
        title={t('chart')}
        subtitle={
          result && result.movieApi.emulatedLatencyMs === null
            ? t('chartAboutReal', { query: params.query })
            : t('chartAbout', { query: params.query, latency: params.latencyMs })
        }
        keys={params.strategies}
        labelOf={words.key}
        entries={comparison?.entries ?? []}
        baseline={comparison?.baseline ?? null}
        axisLabel={t('axis')}
      />
      {result && <FailuresOfRun result={result} />}
      {result && result.movies.length > 0 && <FilmsFound movies={result.movies} />}
    </>
  )
}

function FailuresOfRun({ result }: { result: MovieSearchResult }) {
  const t = useTranslations('movies.failures')
  const { failures, pageFailures, movies } = result
  return <SearchFailures failures={failures} pageFailures={pageFailures} movies={movies} title={t('inRun')} />
}

/** One line of them: the films are what the requests were for, not what was measured. */
const FILMS_SHOWN = 4

function FilmsFound({ movies }: { movies: readonly Movie[] }) {
  const t = useTranslations('lab.movieSearch')
  const [all, setAll] = useState(false)
  return (
    <Panel
      id="films"
      title={t('films', { count: movies.length })}
      className="order-last print:hidden"
      actions={
        movies.length > FILMS_SHOWN && !all ? (
          <Button size="sm" onClick={() => setAll(true)}>
            {t('allFilms')}
          </Button>
        ) : undefined
      }
    >
      <MovieGrid movies={all ? movies : movies.slice(0, FILMS_SHOWN)} />
    </Panel>
  )
}

export const movieSearchView = defineView<MovieSearchRunParams, MovieSearchResult>({
  Charts: MovieSearchCharts,
  questions: movieSearchQuestions,
  headline: (result) => headlineOf(result.comparison),
  headlineSoFar,
})
