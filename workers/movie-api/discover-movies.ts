/**
 * `/discover/movie` and the lists: films by TMDB's filters and orders, as far as the data knows what they ask for. A filter
 * that isn't known here is ignored, as TMDB ignores what it doesn't know. Pure.
 */
import type { CatalogueMovie } from './movie-catalogue.ts'

type Key = (movie: CatalogueMovie) => number | string

const ORDERS: Readonly<Record<string, Key>> = {
  popularity: (movie) => movie.popularity,
  original_title: (movie) => movie.title,
  title: (movie) => movie.title,
  release_date: (movie) => movie.releaseDate,
  primary_release_date: (movie) => movie.releaseDate,
  revenue: (movie) => movie.revenue,
  vote_average: (movie) => movie.voteAverage,
  vote_count: (movie) => movie.voteCount,
}

/** `order` is TMDB's `sort_by` ('vote_average.desc'); an unknown one is as none: the most popular first. */
export const orderMovies = (movies: readonly CatalogueMovie[], order: string): CatalogueMovie[] => {
  const [name = '', direction] = order.split('.')
  const known = Object.hasOwn(ORDERS, name) ? ORDERS[name] : undefined
  const key: Key = known ?? ((movie) => movie.popularity)
  const sign = known && direction === 'asc' ? 1 : -1
  return movies
    .map((movie) => ({ movie, value: key(movie) }))
    .sort((a, b) => (a.value === b.value ? a.movie.id - b.movie.id : a.value < b.value ? -sign : sign))
    .map(({ movie }) => movie)
}

/** '28,12' asks for both, '28|12' for either. */
const genreFilter = (text: string): ((movie: CatalogueMovie) => boolean) => {
  const either = text.includes('|')
  const ids = text.split(/[|,]/).map(Number)
  return ({ genres }) => {
    const has = (id: number): boolean => genres.some((genre) => genre.id === id)
    return either ? ids.some(has) : ids.every(has)
  }
}

type MakeFilter = (text: string) => (movie: CatalogueMovie) => boolean

const FILTERS: Readonly<Record<string, MakeFilter>> = {
  with_genres: genreFilter,
  without_genres: (text) => {
    const ids = text.split(/[|,]/).map(Number)
    return ({ genres }) => genres.every(({ id }) => !ids.includes(id))
  },
  year: (text) => (movie) => movie.year === Number(text),
  primary_release_year: (text) => (movie) => movie.year === Number(text),
  'release_date.gte': (text) => (movie) => movie.releaseDate >= text,
  'release_date.lte': (text) => (movie) => movie.releaseDate !== '' && movie.releaseDate <= text,
  'primary_release_date.gte': (text) => (movie) => movie.releaseDate >= text,
  'primary_release_date.lte': (text) => (movie) => movie.releaseDate !== '' && movie.releaseDate <= text,
  'vote_average.gte': (text) => (movie) => movie.voteAverage >= Number(text),
  'vote_average.lte': (text) => (movie) => movie.voteAverage <= Number(text),
  'vote_count.gte': (text) => (movie) => movie.voteCount >= Number(text),
  'vote_count.lte': (text) => (movie) => movie.voteCount <= Number(text),
  'with_runtime.gte': (text) => (movie) => movie.runtime >= Number(text),
  'with_runtime.lte': (text) => (movie) => movie.runtime > 0 && movie.runtime <= Number(text),
}

export const discoverMovies = (movies: readonly CatalogueMovie[], params: URLSearchParams): CatalogueMovie[] => {
  const filters = Object.entries(FILTERS).flatMap(([name, make]) => {
    const text = params.get(name)
    return text === null || text === '' ? [] : [make(text)]
  })
  return orderMovies(
    movies.filter((movie) => filters.every((filter) => filter(movie))),
    params.get('sort_by') ?? 'popularity.desc',
  )
}
