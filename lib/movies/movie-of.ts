/** TMDB's shapes → Interleave's Movie. TMDB writes 0 or an empty text for what it doesn't know; here that becomes null. */
import type { Movie, Person } from '../contract/movie.ts'
import type { TmdbMovie, TmdbSearchItem } from './tmdb-schemas.ts'

export const TMDB_IMAGE_BASE = 'https://image.tmdb.org/t/p/'
/** One of TMDB's ready-made poster sizes: wide enough for a card on a dense screen. */
const POSTER_SIZE = 'w342'

const CAST_NAMES = 10
const CAST_PEOPLE = 20
const CREW_PEOPLE = 10
/** In the order in which they are shown. */
const CREW_JOBS = [
  'Screenplay',
  'Writer',
  'Novel',
  'Producer',
  'Director of Photography',
  'Editor',
  'Original Music Composer',
]

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null)

const positiveInteger = (value: number | null): number | null => positive(value === null ? null : Math.round(value))

const dateOf = (text: string): string | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** TMDB's paths are one segment; anything else would address something other than a poster. */
const posterUrlOf = (path: string): string | null =>
  /^\/[\w.-]+$/.test(path) ? `${TMDB_IMAGE_BASE}${POSTER_SIZE}${path}` : null

const commonFacts = (film: TmdbSearchItem) => {
  const releaseDate = dateOf(film.release_date)
  const voteCount = positiveInteger(film.vote_count) ?? 0
  return {
    id: film.id,
    title: film.title,
    originalTitle: film.original_title || film.title,
    releaseDate,
    year: releaseDate === null ? null : Number(releaseDate.slice(0, 4)),
    overview: film.overview,
    posterUrl: posterUrlOf(film.poster_path),
    voteAverage: voteCount > 0 ? film.vote_average : null,
    voteCount,
  }
}

/** What a search alone tells: no genre names, running time, money or people. */
export const movieOfSearchItem = (film: TmdbSearchItem): Movie => ({
  ...commonFacts(film),
  genres: [],
  runtimeMinutes: null,
  budget: null,
  revenue: null,
  directors: [],
  cast: [],
})

const castInOrder = (film: TmdbMovie) =>
  [...film.credits.cast].sort((a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER))

const directorsOf = (film: TmdbMovie): string[] => [
  ...new Set(film.credits.crew.filter((member) => member.job === 'Director').map((member) => member.name)),
]

export const movieOf = (film: TmdbMovie): Movie => ({
  ...commonFacts(film),
  genres: film.genres.map((genre) => genre.name),
  runtimeMinutes: positiveInteger(film.runtime),
  budget: positive(film.budget),
  revenue: positive(film.revenue),
  directors: directorsOf(film),
  cast: castInOrder(film)
    .slice(0, CAST_NAMES)
    .map((member) => member.name),
})

/** Directors, then the cast in its order, then the best known jobs of the crew. */
export const peopleOf = (film: TmdbMovie): Person[] => {
  const directors = directorsOf(film).map((name): Person => ({ name, role: 'director', as: 'Director' }))
  const cast = castInOrder(film)
    .slice(0, CAST_PEOPLE)
    .map((member): Person => ({ name: member.name, role: 'cast', as: member.character }))
  const crew = CREW_JOBS.flatMap((job) =>
    film.credits.crew
      .filter((member) => member.job === job)
      .map((member): Person => ({ name: member.name, role: 'crew', as: job })),
  ).slice(0, CREW_PEOPLE)
  return [...directors, ...cast, ...crew]
}
