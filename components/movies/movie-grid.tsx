/** Films side by side, as many columns as fit; and its place while they are being fetched, of the same size. */
'use client'

import { useTranslations } from 'next-intl'
import type { Movie } from '../../lib/contract/movie.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { classes } from '../ui/classes.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { MoviePoster } from './movie-poster.tsx'

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,42%),1fr))] gap-x-5 gap-y-8'

export interface MovieGridProps {
  movies: readonly Movie[]
  /** Their details could not be had. */
  incomplete?: ReadonlySet<number>
  /** Being replaced by others. */
  fading?: boolean
}

export function MovieGrid({ movies, incomplete, fading = false }: MovieGridProps) {
  return (
    <ul className={classes(GRID, 'transition-opacity', fading && 'opacity-45')}>
      {movies.map((movie) => (
        <MovieCard key={movie.id} movie={movie} incomplete={incomplete?.has(movie.id) ?? false} />
      ))}
    </ul>
  )
}

function MovieCard({ movie, incomplete }: { movie: Movie; incomplete: boolean }) {
  const t = useTranslations('movies')
  const facts = [movie.year, movie.directors[0]].filter(Boolean).join(' · ')
  return (
    <li className="group relative flex flex-col gap-2.5">
      <div className="transition-transform duration-200 motion-safe:group-hover:-translate-y-1">
        <MoviePoster movie={movie} />
      </div>
      <div className="min-w-0 text-sm">
        <h3 className="line-clamp-2 text-sm tracking-normal wrap-anywhere">
          <Link
            href={`/movies/${movie.id}`}
            prefetch={false}
            className="after:absolute after:inset-0 after:rounded-md hover:underline focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-4"
          >
            {movie.title}
          </Link>
        </h3>
        {facts && <p className="mt-0.5 truncate text-faint">{facts}</p>}
        {incomplete && <p className="mt-0.5 text-caution">{t('results.incomplete')}</p>}
      </div>
    </li>
  )
}

export function MovieGridSkeleton({ count = 20 }: { count?: number }) {
  return (
    <div className={GRID} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => `place ${index}`).map((place) => (
        <div key={place} className="flex flex-col gap-2.5">
          <Skeleton className="aspect-2/3 rounded-md" />
          <div className="flex flex-col gap-2">
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-3.5 w-2/5" />
          </div>
        </div>
      ))}
    </div>
  )
}
