/**
 * The settings of the server, read from the environment once. A bad value is refused with the variable's name and what is
 * accepted; values of secrets are never repeated.
 */
import path from 'node:path'
import { z } from 'zod'
import type { MovieApiSettings } from '../movies/settings.ts'
import type { ServiceUrls } from './services.ts'

const TMDB_URL = 'https://api.themoviedb.org/3'
/** Whoever asks these is bound by TMDB's conditions, however the address was given. */
const TMDB_HOSTS = ['api.themoviedb.org', 'api.tmdb.org']
/** TMDB asks to stay around 40 requests a second. */
const TMDB_REQUESTS_PER_SECOND = 40
/** Any key that isn't empty will do where no real one is needed. Too short to be taken for a secret, which messages leave out. */
const NO_TOKEN = 'none'

const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value)
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema)

const serviceSetting = (protocol: RegExp, error: string) => setting(z.url({ protocol, error }).optional())

const environmentSchema = z.object({
  TMDB_TOKEN: setting(
    z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/, 'a key without spaces: 32 hexadecimal digits or an API Read Access Token')
      .optional(),
  ),
  MOVIE_API_URL: setting(
    z
      .url({ protocol: /^https?$/, error: 'an http or https URL with its path, such as http://127.0.0.1:4010/3' })
      .refine((url) => !URL.canParse(url) || new URL(url).username === '', 'no user name or password: set TMDB_TOKEN')
      // It is shown as it stands, and paths are put after it.
      .refine((url) => !/[?#]/.test(url), 'no query and no fragment, such as ?api_key=…: a key belongs into TMDB_TOKEN')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  ),
  REDIS_URL: serviceSetting(/^rediss?$/, 'the address of a Redis server, such as redis://127.0.0.1:6379'),
  DATABASE_URL: serviceSetting(
    /^postgres(ql)?$/,
    'the address of a PostgreSQL database, such as postgres://user:password@127.0.0.1:5432/name',
  ),
  INTERLEAVE_DATA_DIR: setting(z.string().default('.data')),
  PORT: setting(z.coerce.number('a port, 0 to 65535').int().min(0).max(65_535).default(3000)),
  HOST: setting(z.string().default('127.0.0.1')),
})

export interface ServerSettings {
  /** Where the project's own files are. */
  root: string
  dataFolder: string
  host: string
  port: number
  /** null: the embedded movie API, whose address is known when it has started. */
  movieApi: MovieApiSettings | null
  /** Optional servers; null where the setting is absent. With passwords: for programs only. */
  services: ServiceUrls
}

/** What is wrong with the environment, ready to be printed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

export const readSettings = (environment: NodeJS.ProcessEnv, root: string = process.cwd()): ServerSettings => {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new SettingsError(`These settings can't be used:\n${lines.join('\n')}`)
  }
  const { TMDB_TOKEN, MOVIE_API_URL, REDIS_URL, DATABASE_URL, INTERLEAVE_DATA_DIR, PORT, HOST } = parsed.data
  return {
    root,
    dataFolder: path.resolve(root, INTERLEAVE_DATA_DIR),
    host: HOST,
    port: PORT,
    movieApi: movieApiOf(MOVIE_API_URL, TMDB_TOKEN),
    services: { redis: REDIS_URL ?? null, postgres: DATABASE_URL ?? null },
  }
}

const movieApiOf = (url: string | undefined, token: string | undefined): MovieApiSettings | null => {
  const baseUrl = url ?? (token === undefined ? null : TMDB_URL)
  if (baseUrl === null) return null
  const common = { baseUrl, token: token ?? NO_TOKEN }
  return TMDB_HOSTS.includes(new URL(baseUrl).hostname)
    ? { ...common, mode: 'tmdb', requestsPerSecond: TMDB_REQUESTS_PER_SECOND }
    : { ...common, mode: 'custom', requestsPerSecond: null }
}

/** How to speak to the embedded movie API once it listens. */
export const embeddedMovieApi = (baseUrl: string): MovieApiSettings => ({
  mode: 'embedded',
  baseUrl,
  token: NO_TOKEN,
  requestsPerSecond: null,
})
