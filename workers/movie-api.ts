/**
 * The program of the embedded movie API. Forked, it tells its parent where it listens and ends when the parent is gone;
 * started by hand, it prints the address: `node workers/movie-api.ts --port 4010 --latency 80`. SIGTERM and SIGINT end it
 * at once, open connections included.
 */
import type { MovieApiMessage } from '#lib/contract/movie-api-message.ts'
import { formatConditions } from '#lib/movies/conditions.ts'
import { type MovieApiOptions, readCommandLine } from './movie-api/command-line.ts'
import { ensureMovieDatabase } from './movie-api/ensure-movie-database.ts'
import { openMovieCatalogue } from './movie-api/movie-catalogue.ts'
import { startMovieServer } from './movie-api/movie-server.ts'

const forked = process.send !== undefined

/** Settles when the message is on its way. A parent that is gone hears nothing; 'disconnect' then ends this process. */
const tellParent = async (message: MovieApiMessage): Promise<void> => {
  const sent = Promise.withResolvers<void>()
  if (process.connected) process.send?.(message, undefined, undefined, () => sent.resolve())
  else sent.resolve()
  await sent.promise
}

const told = Promise.withResolvers<void>()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => told.resolve())
if (forked) process.on('disconnect', () => told.resolve())

const serve = async ({ host, port, database, conditions }: MovieApiOptions): Promise<void> => {
  const { path } = await ensureMovieDatabase(database)
  using catalogue = openMovieCatalogue(path)
  await using server = await startMovieServer({ catalogue, host, port, conditions })
  if (forked) await tellParent({ type: 'ready', url: server.url })
  else console.log(`Embedded movie API at ${server.url}, emulated conditions: ${formatConditions(conditions)}`)
  await told.promise
}

const fail = async (message: string, code: number): Promise<void> => {
  console.error(`The embedded movie API did not start: ${message}`)
  process.exitCode = code
  await tellParent({ type: 'failed', message })
}

const commandLine = readCommandLine(process.argv.slice(2))
if (commandLine.kind === 'help') console.log(commandLine.text)
else if (commandLine.kind === 'refused') await fail(commandLine.message, 2)
else await serve(commandLine.options).catch((error: Error) => fail(error.message, 1))

// The channel to the parent would keep this process alive.
if (process.connected) process.disconnect?.()
