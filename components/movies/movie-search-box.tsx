/**
 * The search field with its suggestions, as the ARIA combobox pattern has it: arrows choose, Enter opens the chosen film or
 * searches for what was typed, Escape closes and then clears. Without JavaScript it is a form that searches.
 */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useRouter } from '../../lib/i18n/navigation.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { type MovieSearch, searchAddress } from './search-address.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useSuggestions } from './use-suggestions.ts'

export interface MovieSearchBoxProps {
  /** The search that the page shows; its settings are kept for the next one. */
  search: MovieSearch
  autoFocus?: boolean
}

export function MovieSearchBox({ search, autoFocus = false }: MovieSearchBoxProps) {
  const t = useTranslations('movies.search')
  const router = useRouter()
  const locale = useLocale()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.query)
  const [open, setOpen] = useState(false)
  // With the query whose films it chooses from: a place in one list means another film in the next.
  const [chosen, setChosen] = useState({ query: '', index: -1 })
  const suggestions = useSuggestions(typed, open)
  const offered = suggestions.state === 'ready' ? suggestions : null
  const movies = offered?.movies ?? []
  const active = offered && chosen.query === offered.query ? chosen.index : -1
  const shown = open && suggestions.state !== 'idle'

  const choose = (index: number): void => setChosen({ query: offered?.query ?? '', index })
  const close = (): void => {
    setOpen(false)
    choose(-1)
  }
  const submit = (): void => {
    const query = typed.trim()
    if (query === '') return
    close()
    const film = movies[active]
    router.push(film ? `/movies/${film.id}` : searchAddress({ ...search, query, page: 1 }))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      if (shown) close()
      else setTyped('')
      event.preventDefault()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      // One place more than there are films: past either end lies the field itself.
      const places = movies.length + 1
      choose(((active + 1 + step + places) % places) - 1)
    }
  }

  return (
    <search>
      <form
        action={`/${locale}/movies`}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) close()
        }}
        className="relative"
      >
        <label htmlFor={id} className="sr-only">
          {t('label')}
        </label>
        <div className="flex gap-2">
          <div className="relative min-w-0 flex-1">
            <span className="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-faint">
              <Icon name="search" />
            </span>
            <input
              ref={input}
              id={id}
              name="query"
              type="text"
              role="combobox"
              enterKeyHint="search"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: asked for only where the page is about nothing but this field
              autoFocus={autoFocus}
              maxLength={200}
              aria-expanded={shown}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
              placeholder={t('placeholder')}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                setOpen(true)
                choose(-1)
              }}
              onFocus={(event) => event.target.select()}
              onKeyDown={onKeyDown}
              className={classes(
                'h-12 w-full rounded-md border border-line-strong bg-raised pr-11 pl-11 text-lg transition-colors hover:border-faint',
                'focus-visible:border-accent focus-visible:outline-offset-0',
              )}
            />
            {typed !== '' && (
              <IconButton
                icon="close"
                size="sm"
                label={t('clear')}
                className="absolute inset-y-0 right-2 my-auto"
                onClick={() => {
                  setTyped('')
                  close()
                  input.current?.focus()
                }}
              />
            )}
          </div>
          <Button type="submit" size="lg" className="max-sm:sr-only">
            {t('submit')}
          </Button>
        </div>
        <SuggestionList
          id={id}
          shown={shown}
          suggestions={suggestions}
          active={active}
          onPoint={choose}
          onChoose={(movie) => {
            close()
            router.push(`/movies/${movie.id}`)
          }}
        />
      </form>
    </search>
  )
}
