/** For tests: the embedded movie API with all its films on a port of its own, without latency unless it is asked for. */
import { DEFAULT_CONDITIONS, type MovieApiConditions } from '#lib/movies/conditions.ts'
import { ensureMovieDatabase } from './ensure-movie-database.ts'
import { openMovieCatalogue } from './movie-catalogue.ts'
import { startMovieServer } from './movie-server.ts'

/** Asks with a key, which is sent as a parameter; the body is null where there is none. */
const askFrom =
  (url: string) =>
  async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}api_key=any`, init)
    const text = await response.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    return { status: response.status, headers: response.headers, body }
  }

export const openMovieApi = async (conditions: Partial<MovieApiConditions> = {}) => {
  const catalogue = openMovieCatalogue((await ensureMovieDatabase()).path)
  const server = await startMovieServer({
    catalogue,
    host: '127.0.0.1',
    port: 0,
    conditions: { ...DEFAULT_CONDITIONS, latencyMs: 0, ...conditions },
  })
  return {
    url: server.url,
    catalogue,
    ask: askFrom(server.url),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      catalogue[Symbol.dispose]()
    },
  }
}
