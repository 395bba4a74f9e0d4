/** Builds the film database that the embedded movie API reads, unless it is there already: `node scripts/build-movies.ts [path]`. */
import { ensureMovieDatabase } from '../workers/movie-api/ensure-movie-database.ts'

const { path, built } = await ensureMovieDatabase(process.argv[2])
if (built) console.log(`Built the film database ${path}`)
