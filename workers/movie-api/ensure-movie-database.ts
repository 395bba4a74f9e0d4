/**
 * Makes sure that the film database is there and of the present edition, and builds it when it isn't. Safe when several
 * processes do it at once: each writes a file of its own and renames it into place, and a reader keeps the file it opened.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseMovieSource, readMovieSource } from './movie-source.ts'
import { writeMovieDatabase } from './write-movie-database.ts'

export const MOVIE_DATABASE_PATH = path.join(import.meta.dirname, '..', '..', '.cache', 'movies.sqlite')

/** What decides the file's content besides the data: with them in the stamp no version number can be forgotten. */
const MAKERS = ['genres.ts', 'repair-movies.ts', 'search-text.ts', 'write-movie-database.ts']

const stampOf = async (source: Buffer): Promise<string> => {
  const hash = createHash('sha256').update(source)
  for (const file of MAKERS) hash.update(await readFile(path.join(import.meta.dirname, file)))
  return hash.digest('hex')
}

/** Null when there is no such file, or it is damaged or something else. */
const readStamp = (file: string): string | null => {
  try {
    using database = new DatabaseSync(file, { readOnly: true })
    return String(database.prepare('SELECT stamp FROM edition').get()?.stamp ?? '')
  } catch {
    return null // whatever is wrong with the file, building it anew is the answer
  }
}

export interface EnsuredDatabase {
  path: string
  built: boolean
}

/** Throws when the data isn't installed or the file can't be written. */
export const ensureMovieDatabase = async (file: string = MOVIE_DATABASE_PATH): Promise<EnsuredDatabase> => {
  const source = await readMovieSource()
  const stamp = await stampOf(source)
  if (readStamp(file) === stamp) return { path: file, built: false }
  await mkdir(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}-${randomUUID()}.tmp`
  try {
    writeMovieDatabase(draft, parseMovieSource(source), stamp)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return { path: file, built: true }
}
