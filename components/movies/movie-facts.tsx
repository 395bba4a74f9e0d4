/** What is known of a film, as a list of terms; what isn't known is left out. */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { MovieDetails } from '../../lib/contract/movie.ts'
import { useGenreName } from './use-genre-name.ts'

export function MovieFacts({ movie }: { movie: MovieDetails }) {
  const t = useTranslations('movies.film')
  const format = useFormatter()
  const genreName = useGenreName()
  const dollars = (amount: number): string =>
    format.number(amount, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })

  const facts: [term: string, description: ReactNode][] = []
  if (movie.originalTitle !== movie.title) facts.push([t('originalTitle'), movie.originalTitle])
  if (movie.directors.length > 0)
    facts.push([t('directors', { count: movie.directors.length }), format.list(movie.directors)])
  if (movie.genres.length > 0)
    facts.push([t('genres', { count: movie.genres.length }), movie.genres.map(genreName).join(', ')])
  if (movie.releaseDate !== null)
    facts.push([t('released'), format.dateTime(new Date(movie.releaseDate), { dateStyle: 'long', timeZone: 'UTC' })])
  if (movie.runtimeMinutes !== null) facts.push([t('runtime'), t('minutes', { minutes: movie.runtimeMinutes })])
  if (movie.voteAverage !== null)
    facts.push([
      t('rating'),
      <>
        {t('ratingOf', { value: format.number(movie.voteAverage, { maximumFractionDigits: 1 }) })}
        <span className="text-faint"> · {t('votes', { count: movie.voteCount })}</span>
      </>,
    ])
  if (movie.budget !== null) facts.push([t('budget'), dollars(movie.budget)])
  if (movie.revenue !== null) facts.push([t('revenue'), dollars(movie.revenue)])

  if (facts.length === 0) return <p className="text-muted">{t('unknown')}</p>
  return (
    <dl className="grid max-w-2xl text-base">
      {facts.map(([term, description]) => (
        <div key={term} className="grid gap-x-6 border-t border-line py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <dt className="text-muted">{term}</dt>
          <dd className="wrap-anywhere">{description}</dd>
        </div>
      ))}
    </dl>
  )
}
