/**
 * A film in TMDB v3's shapes: every field and type that TMDB gives. What the data doesn't know is null, empty or 0, just as
 * TMDB writes what nobody has entered; nothing is made up.
 */
import { createHash } from 'node:crypto'
import { nameGenre } from './genres.ts'
import type { CatalogueMovie } from './movie-catalogue.ts'

/** What search results, lists and details have in common. The language of a film isn't known: it stays empty. */
const commonFields = (movie: CatalogueMovie) => ({
  adult: false,
  backdrop_path: null,
  id: movie.id,
  original_language: '',
  original_title: movie.title,
  overview: '',
  popularity: movie.popularity,
  poster_path: null,
  release_date: movie.releaseDate,
  title: movie.title,
  video: false,
  vote_average: movie.voteAverage,
  vote_count: movie.voteCount,
})

export const serialiseListItem = (movie: CatalogueMovie) => ({
  ...commonFields(movie),
  genre_ids: movie.genres.map(({ id }) => id),
})

export const serialiseRecommendation = (movie: CatalogueMovie) => ({ ...serialiseListItem(movie), media_type: 'movie' })

export const serialiseDetails = (movie: CatalogueMovie, language: string) => ({
  ...commonFields(movie),
  belongs_to_collection: null,
  budget: movie.budget,
  genres: movie.genres.map((genre) => nameGenre(genre, language)),
  homepage: '',
  imdb_id: null,
  origin_country: [],
  production_companies: [],
  production_countries: [],
  revenue: movie.revenue,
  runtime: movie.runtime,
  spoken_languages: [],
  status: 'Released',
  tagline: '',
})

/** TMDB's are 24 hexadecimal digits, too; the same for the same film and person. */
const creditId = (movieId: number, personId: number, job: string): string =>
  createHash('sha256').update(`${movieId}/${personId}/${job}`).digest('hex').slice(0, 24)

/** The data knows directors and no cast. Gender 0 is TMDB's "not set". */
export const serialiseCredits = ({ id, director }: CatalogueMovie) => ({
  cast: [],
  crew:
    director === null
      ? []
      : [
          {
            adult: false,
            gender: 0,
            id: director.id,
            known_for_department: 'Directing',
            name: director.name,
            original_name: director.name,
            popularity: 0,
            profile_path: null,
            credit_id: creditId(id, director.id, 'Director'),
            department: 'Directing',
            job: 'Director',
          },
        ],
})

/** The rating of the Motion Picture Association, valid in the United States; type 3 is a release in cinemas. */
export const serialiseReleaseDates = ({ certification, releaseDate }: CatalogueMovie) => ({
  results:
    certification === null || releaseDate === ''
      ? []
      : [
          {
            iso_3166_1: 'US',
            release_dates: [
              {
                certification,
                descriptors: [],
                iso_639_1: '',
                note: '',
                release_date: `${releaseDate}T00:00:00.000Z`,
                type: 3,
              },
            ],
          },
        ],
})
