/** What of a result could not be had, films and pages of the list, named, with the reason; the rest of the result stands. */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Movie, MovieFailure, PageFailure } from '../../lib/contract/movie.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'

export interface SearchFailuresProps {
  failures: readonly MovieFailure[]
  pageFailures?: readonly PageFailure[]
  movies: readonly Movie[]
  /** Left out, the details of so many films are missing. */
  title?: ReactNode
  /** Left out where asking again would be another measurement. */
  onRetry?: () => void
}

export function SearchFailures({ failures, pageFailures = [], movies, title, onRetry }: SearchFailuresProps) {
  const t = useTranslations('movies')
  const ui = useTranslations('ui')
  if (failures.length + pageFailures.length === 0) return null
  const titleOf = (id: number): string => movies.find((movie) => movie.id === id)?.title ?? `#${id}`
  return (
    <Alert
      tone="caution"
      live
      title={title ?? t('failures.title', { count: failures.length })}
      actions={
        onRetry && (
          <Button size="sm" icon="repeat" onClick={onRetry}>
            {ui('retry')}
          </Button>
        )
      }
    >
      <Disclosure summary={t('failures.which')}>
        <ul className="flex flex-col gap-1">
          {pageFailures.map(({ page, code }) => (
            <li key={`page ${page} ${code}`}>
              <span className="text-ink">{t('failures.page', { page })}</span>: {t(`failures.codes.${code}`)}
            </li>
          ))}
          {failures.map(({ movieId, code }) => (
            <li key={`${movieId} ${code}`}>
              <span className="text-ink">{titleOf(movieId)}</span>: {t(`failures.codes.${code}`)}
            </li>
          ))}
        </ul>
      </Disclosure>
    </Alert>
  )
}
