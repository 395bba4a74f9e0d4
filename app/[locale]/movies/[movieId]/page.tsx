/**
 * A film: what is known of it, who made it, what is like it. The server asks first, so that the address has a title and an
 * unknown film is a 404; when the movie API is slow or fails, the page arrives without it and asks again by itself.
 */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { cache } from 'react'
import { MoviePage } from '#components/movies/movie-page.tsx'
import { movieLanguage } from '#components/movies/search-address.ts'
import { ClientMessages } from '#components/shell/client-messages.tsx'
import type { MovieDetails } from '#lib/contract/movie.ts'
import { currentServer } from '#lib/runs/current-server.ts'

/** Longer than any answer of a healthy movie API, shorter than a reader's patience with an empty window. */
const PATIENCE_MS = 2_500

interface FilmPageProps {
  params: Promise<{ movieId: string }>
}

/** Once per request, for the title and the page. null: it can't be had now. */
const askFor = cache(async (movieId: number, language: string): Promise<MovieDetails | 'unknown' | null> => {
  const film = await currentServer().searches.movie(movieId, language, AbortSignal.timeout(PATIENCE_MS))
  if (film.ok) return film.value
  return film.failure.code === 'movie-api-not-found' ? 'unknown' : null
})

async function filmOf(params: FilmPageProps['params']): Promise<{ id: number; film: MovieDetails | null }> {
  const { movieId } = await params
  if (!/^[1-9]\d{0,8}$/.test(movieId)) notFound()
  const id = Number(movieId)
  const film = await askFor(id, movieLanguage(await getLocale()))
  if (film === 'unknown') notFound()
  return { id, film }
}

export async function generateMetadata({ params }: FilmPageProps): Promise<Metadata> {
  const { film } = await filmOf(params)
  if (film === null) return {}
  const title = film.year === null ? film.title : `${film.title} (${film.year})`
  return { title, description: film.overview || undefined }
}

export default async function FilmPage({ params }: FilmPageProps) {
  const { id, film } = await filmOf(params)
  return (
    <ClientMessages namespaces={['movies']}>
      <MoviePage movieId={id} film={film} />
    </ClientMessages>
  )
}
