/** A film's poster at 2:3: TMDB's own where there is one and it loads, otherwise drawn. Takes no room but its own. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Movie } from '../../lib/contract/movie.ts'
import { DrawnPoster } from './drawn-poster.tsx'
import { useGenreName } from './use-genre-name.ts'

export interface MoviePosterProps {
  movie: Pick<Movie, 'id' | 'title' | 'year' | 'genres' | 'posterUrl'>
  /** Stands alone in the first view: loaded at once. */
  eager?: boolean
}

export function MoviePoster({ movie, eager = false }: MoviePosterProps) {
  const t = useTranslations('movies')
  const genreName = useGenreName()
  const [failed, setFailed] = useState(false)
  const label = t('poster', { title: movie.title })
  return (
    <div className="relative aspect-2/3 overflow-hidden rounded-md bg-sunken shadow-raised">
      {movie.posterUrl && !failed ? (
        // biome-ignore lint/performance/noImgElement: TMDB serves ready-made sizes; the server must not spend its CPU on them
        <img
          src={movie.posterUrl}
          alt={label}
          width={342}
          height={513}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setFailed(true)}
          className="size-full object-cover"
        />
      ) : (
        <DrawnPoster
          id={movie.id}
          title={movie.title}
          year={movie.year}
          genres={movie.genres}
          genreName={movie.genres[0] && genreName(movie.genres[0])}
          label={label}
        />
      )}
    </div>
  )
}
