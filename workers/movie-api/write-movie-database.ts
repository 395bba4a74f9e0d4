/**
 * Writes repaired films into a new SQLite file: films, genres, people, and a full-text index over the titles' search text.
 * The file is complete when this returns, and is only read from then on.
 */
import { DatabaseSync } from 'node:sqlite'
import { GENRES } from './genres.ts'
import type { RepairedMovie } from './repair-movies.ts'
import { toSearchText } from './search-text.ts'

const SCHEMA = `
  CREATE TABLE edition (stamp TEXT NOT NULL);
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE genres (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE movies (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    compact TEXT NOT NULL,
    release_date TEXT,
    year INTEGER,
    runtime INTEGER,
    budget INTEGER,
    revenue INTEGER,
    vote_average REAL,
    vote_count INTEGER NOT NULL,
    certification TEXT,
    director_id INTEGER REFERENCES people (id)
  );
  CREATE INDEX movies_by_compact ON movies (compact);
  CREATE TABLE movie_genres (
    movie_id INTEGER NOT NULL REFERENCES movies (id),
    position INTEGER NOT NULL,
    genre_id INTEGER NOT NULL REFERENCES genres (id),
    PRIMARY KEY (movie_id, position)
  ) WITHOUT ROWID;
  CREATE VIRTUAL TABLE movie_words USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
`

/** The same name has the same id in every edition: FNV-1a, without the sign bit. Two names with one id fail the build. */
const personId = (name: string): number => {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 1
}

/** `path` must not exist. Throws, leaving a file that is of no use, when it can't be written. */
export const writeMovieDatabase = (path: string, movies: readonly RepairedMovie[], stamp: string): void => {
  const database = new DatabaseSync(path)
  try {
    // Nobody reads the file before it is renamed into place, so a crash in between costs nothing but the file.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN')
    database.exec(SCHEMA)
    const addGenre = database.prepare('INSERT INTO genres VALUES (?, ?)')
    for (const { id, name } of GENRES) addGenre.run(id, name)
    const addPerson = database.prepare('INSERT INTO people VALUES (?, ?)')
    const names = new Set(movies.map(({ director }) => director).filter((name) => name !== null))
    for (const name of names) addPerson.run(personId(name), name)

    const addMovie = database.prepare('INSERT INTO movies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const addMovieGenre = database.prepare('INSERT INTO movie_genres VALUES (?, ?, ?)')
    const addWords = database.prepare('INSERT INTO movie_words (rowid, words) VALUES (?, ?)')
    for (const movie of movies) {
      const { words, compact } = toSearchText(movie.title)
      addMovie.run(
        movie.id,
        movie.title,
        compact,
        movie.releaseDate,
        movie.year,
        movie.runtimeMinutes,
        movie.budget,
        movie.revenue,
        movie.voteAverage,
        movie.voteCount,
        movie.certification,
        movie.director === null ? null : personId(movie.director),
      )
      for (const [position, genre] of movie.genres.entries()) addMovieGenre.run(movie.id, position, genre.id)
      addWords.run(movie.id, words)
    }
    database.exec("INSERT INTO movie_words (movie_words) VALUES ('optimize')")
    database.prepare('INSERT INTO edition VALUES (?)').run(stamp)
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}
