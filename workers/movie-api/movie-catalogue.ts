/**
 * The films as the embedded movie API knows them: read once from the database into memory (3,201 small objects, some
 * milliseconds), since every answer needs them; searched by SQLite's full-text index through prepared statements. Read-only.
 */
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type Candidate, rankMatches } from './rank-matches.ts'
import { toSearchText } from './search-text.ts'

const rowSchema = z.object({
  id: z.int(),
  title: z.string(),
  release_date: z.string().nullable(),
  year: z.int().nullable(),
  runtime: z.int().nullable(),
  budget: z.int().nullable(),
  revenue: z.int().nullable(),
  vote_average: z.number().nullable(),
  vote_count: z.int(),
  certification: z.string().nullable(),
  director_id: z.int().nullable(),
  director: z.string().nullable(),
})

const namedSchema = z.object({ id: z.int(), name: z.string() })
/** A genre or a person. */
export type Named = z.infer<typeof namedSchema>

/** Unknown facts are as TMDB gives them: 0 for numbers, '' for the release date. */
export interface CatalogueMovie extends Candidate {
  title: string
  /** 0: unknown. */
  year: number
  runtime: number
  budget: number
  revenue: number
  voteAverage: number
  /**
   * TMDB's own figure comes from what its visitors do, which nobody here knows: this one is made of the votes alone
   * (a tenth of their square root), so that sorting by it gives an order like TMDB's.
   */
  popularity: number
  certification: string | null
  genres: readonly Named[]
  director: Named | null
}

/** No title has more words, so no title has all of them; also, FTS5 refuses expressions of many hundred words. */
const MAX_WORDS = 40

const SEARCH = `
  SELECT rowid AS id FROM movie_words WHERE movie_words MATCH :words
  UNION SELECT id FROM movies WHERE compact >= :compact AND compact < :compactEnd`

const popularityOf = (votes: number): number => Math.round(Math.sqrt(votes) * 100) / 1000

const readGenresByMovie = (database: DatabaseSync, genres: readonly Named[]): Map<number, Named[]> => {
  const byId = new Map(genres.map((genre) => [genre.id, genre]))
  const byMovie = new Map<number, Named[]>()
  for (const row of database.prepare('SELECT movie_id, genre_id FROM movie_genres ORDER BY movie_id, position').all()) {
    const genre = byId.get(Number(row.genre_id))
    const movieId = Number(row.movie_id)
    if (genre) byMovie.set(movieId, [...(byMovie.get(movieId) ?? []), genre])
  }
  return byMovie
}

const readMovies = (database: DatabaseSync, genres: readonly Named[]): CatalogueMovie[] => {
  const genresByMovie = readGenresByMovie(database, genres)
  const rows = database
    .prepare('SELECT movies.*, people.name AS director FROM movies LEFT JOIN people ON people.id = director_id')
    .all()
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({
      ...toSearchText(row.title),
      id: row.id,
      title: row.title,
      releaseDate: row.release_date ?? '',
      year: row.year ?? 0,
      runtime: row.runtime ?? 0,
      budget: row.budget ?? 0,
      revenue: row.revenue ?? 0,
      voteAverage: row.vote_average ?? 0,
      voteCount: row.vote_count,
      popularity: popularityOf(row.vote_count),
      certification: row.certification,
      genres: genresByMovie.get(row.id) ?? [],
      director: row.director_id === null || row.director === null ? null : { id: row.director_id, name: row.director },
    }))
}

export interface MovieCatalogue extends Disposable {
  readonly genres: readonly Named[]
  /** By id. */
  readonly movies: readonly CatalogueMovie[]
  movie(id: number): CatalogueMovie | undefined
  /** In the order that a person expects, all of them. Any text is allowed; without a letter or digit it finds nothing. */
  search(text: string, year: number | null): CatalogueMovie[]
}

/** Throws when the file isn't a film database. */
export const openMovieCatalogue = (path: string): MovieCatalogue => {
  const database = new DatabaseSync(path, { readOnly: true })
  const genres = z.array(namedSchema).parse(database.prepare('SELECT id, name FROM genres ORDER BY name').all())
  const movies = readMovies(database, genres)
  const byId = new Map(movies.map((movie) => [movie.id, movie]))
  const searchStatement = database.prepare(SEARCH)

  return {
    genres,
    movies,
    movie: (id) => byId.get(id),
    search(text, year) {
      const query = toSearchText(text)
      const typed = query.bare.split(' ')
      const words = [...new Set(typed)]
      const last = typed.at(-1)
      if (query.bare === '' || words.length > MAX_WORDS) return []
      const found = searchStatement.all({
        // The last word may still be being typed. Words hold letters and digits only, so quoting them is safe.
        words: words.map((word) => `"${word}"${word === last ? '*' : ''}`).join(' '),
        compact: query.compact,
        compactEnd: `${query.compact}\u{10ffff}`,
      })
      const matches = found.flatMap(({ id }) => byId.get(Number(id)) ?? [])
      return rankMatches(query, year === null ? matches : matches.filter((movie) => movie.year === year))
    },
    [Symbol.dispose]: () => database.close(),
  }
}
