/** The films of a result whose details could not be had, named, with the reason; the rest of the result stands. */
'use client'

import { useTranslations } from 'next-intl'
import type { Movie, MovieFailure } from '../../lib/contract/movie.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'

export interface SearchFailuresProps {
  failures: readonly MovieFailure[]
  movies: readonly Movie[]
  onRetry: () => void
}

export function SearchFailures({ failures, movies, onRetry }: SearchFailuresProps) {
  const t = useTranslations('movies')
  const ui = useTranslations('ui')
  if (failures.length === 0) return null
  const titleOf = (id: number): string => movies.find((movie) => movie.id === id)?.title ?? `#${id}`
  return (
    <Alert
      tone="caution"
      live
      title={t('failures.title', { count: failures.length })}
      actions={
        <Button size="sm" icon="repeat" onClick={onRetry}>
          {ui('retry')}
        </Button>
      }
    >
      <Disclosure summary={t('failures.which')}>
        <ul className="flex flex-col gap-1">
          {failures.map((failure) => (
            <li key={failure.movieId}>
              <span className="text-ink">{titleOf(failure.movieId)}</span>: {t(`failures.codes.${failure.code}`)}
            </li>
          ))}
        </ul>
      </Disclosure>
    </Alert>
  )
}
