/** The list under the search field: films found so far, or why there are none. Its state is also told to screen readers. */
'use client'

import { useTranslations } from 'next-intl'
import type { Movie } from '../../lib/contract/movie.ts'
import { useErrorText } from '../shell/problem-alert.tsx'
import { classes } from '../ui/classes.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import type { Suggestions } from './use-suggestions.ts'

export interface SuggestionListProps {
  id: string
  shown: boolean
  suggestions: Suggestions
  active: number
  onPoint: (index: number) => void
  onChoose: (movie: Movie) => void
}

export function SuggestionList({ id, shown, suggestions, active, onPoint, onChoose }: SuggestionListProps) {
  const t = useTranslations('movies.search')
  const errorText = useErrorText()
  const movies = suggestions.state === 'ready' || suggestions.state === 'loading' ? suggestions.movies : []
  const note = ((): string => {
    if (!shown) return ''
    if (suggestions.state === 'failed') return errorText(suggestions.problem.code)
    if (suggestions.state === 'loading') return movies.length > 0 ? '' : t('searching')
    if (suggestions.state === 'ready' && movies.length === 0) return t('none', { query: suggestions.query })
    return ''
  })()
  const told =
    shown && suggestions.state === 'ready' && movies.length > 0 ? t('suggested', { count: movies.length }) : note

  return (
    <>
      <div
        className={classes(
          'absolute inset-x-0 top-full z-40 mt-1.5 overflow-hidden rounded-md border border-line bg-raised shadow-floating',
          !shown && 'hidden',
        )}
      >
        <div id={`${id}-list`} role="listbox" aria-label={t('suggestions')} className="empty:hidden">
          {movies.map((movie, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and its keys choose among the options
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and moves through the options by aria-activedescendant
            <div
              key={movie.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => index !== active && onPoint(index)}
              onClick={() => onChoose(movie)}
              className={classes(
                'flex cursor-pointer items-baseline justify-between gap-4 px-4 py-2',
                index === active && 'bg-accent-soft',
                suggestions.state === 'loading' && 'text-muted',
              )}
            >
              <span className="truncate">{movie.title}</span>
              {movie.year !== null && <span className="shrink-0 text-sm text-faint">{movie.year}</span>}
            </div>
          ))}
        </div>
        {note !== '' && <p className="px-4 py-3 text-sm text-muted">{note}</p>}
      </div>
      <LiveRegion>{told}</LiveRegion>
    </>
  )
}
