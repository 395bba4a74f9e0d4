/** A film's page: as the server sent it, or while it is being fetched, or when it can't be had. */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import useSWR from 'swr'
import { type ApiProblem, apiPath } from '../../lib/client/api.ts'
import type { MovieDetails } from '../../lib/contract/movie.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Alert } from '../ui/alert.tsx'
import { Button, buttonClasses } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { MovieFacts } from './movie-facts.tsx'
import { MovieGrid } from './movie-grid.tsx'
import { MoviePeople } from './movie-people.tsx'
import { MoviePoster } from './movie-poster.tsx'
import { movieLanguage } from './search-address.ts'

export function MoviePage({ movieId, film }: { movieId: number; film: MovieDetails | null }) {
  const t = useTranslations('movies')
  const ui = useTranslations('ui')
  const locale = useLocale()
  const {
    data: movie,
    error,
    mutate,
  } = useSWR<MovieDetails, ApiProblem>(
    apiPath(`/api/movies/${movieId}`, { language: movieLanguage(locale) }),
    film ? { fallbackData: film, revalidateOnMount: false, revalidateIfStale: false } : {},
  )
  useEffect(() => {
    if (movie) document.title = `${movie.title} · Interleave`
  }, [movie])

  if (error && !movie)
    return (
      <div className="py-10">
        {error.status === 404 ? (
          <EmptyState
            icon="film"
            title={t('film.notFound')}
            actions={
              <Link href="/movies" className={buttonClasses()}>
                {t('film.back')}
              </Link>
            }
          />
        ) : (
          <ProblemAlert problem={error} onRetry={() => void mutate()} />
        )}
      </div>
    )

  return (
    <article className="flex flex-col gap-14 pt-8 pb-4" aria-busy={!movie}>
      <div className="grid items-start gap-x-12 gap-y-8 sm:grid-cols-[minmax(11rem,19rem)_minmax(0,1fr)]">
        <div className="w-48 sm:w-full">
          {movie ? <MoviePoster movie={movie} eager /> : <Skeleton className="aspect-2/3 rounded-md" />}
        </div>
        {movie ? (
          <div className="flex min-w-0 flex-col gap-6">
            <header>
              <h1 className="text-2xl wrap-anywhere sm:text-3xl">
                {movie.title}
                {movie.year !== null && <span className="font-normal text-faint"> {movie.year}</span>}
              </h1>
            </header>
            {movie.overview && <p className="max-w-prose text-lg text-muted">{movie.overview}</p>}
            <MovieFacts movie={movie} />
          </div>
        ) : (
          <div className="flex flex-col gap-5">
            <Skeleton className="h-10 w-2/3" />
            <Skeleton className="h-5 w-full max-w-prose" />
            <Skeleton className="h-40 w-full max-w-prose" />
          </div>
        )}
      </div>
      {movie && <MoviePeople people={movie.people} />}
      {movie?.similarFailure && (
        <Alert
          tone="caution"
          live
          title={t('film.similarFailed')}
          actions={
            <Button size="sm" icon="repeat" onClick={() => void mutate()}>
              {ui('retry')}
            </Button>
          }
        >
          {t(`failures.codes.${movie.similarFailure.code}`)}
        </Alert>
      )}
      {movie && movie.similar.length > 0 && (
        <section className="flex flex-col gap-5">
          <h2 className="text-xl">{t('film.similar')}</h2>
          <MovieGrid movies={movie.similar} />
        </section>
      )}
    </article>
  )
}
