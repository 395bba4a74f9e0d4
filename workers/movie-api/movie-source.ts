/**
 * Finds and reads the film data in the package `vega-datasets` (BSD-3-Clause). The package's `exports` hides the file and
 * its own loader fetches over the network, so the file is found beside the package's main file.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type RepairedMovie, repairMovies, sourceMoviesSchema } from './repair-movies.ts'

/** The file's bytes. Throws when the package isn't installed. */
export const readMovieSource = (): Promise<Buffer> =>
  readFile(fileURLToPath(new URL('../data/movies.json', import.meta.resolve('vega-datasets'))))

/** Throws a ZodError where the data is not what it was when the repairs were written. */
export const parseMovieSource = (source: Buffer): RepairedMovie[] =>
  repairMovies(sourceMoviesSchema.parse(JSON.parse(source.toString('utf8'))))
