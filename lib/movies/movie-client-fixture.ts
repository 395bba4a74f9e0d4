/** What the tests of the client share: a client without chance, its secrets, and a time limit for each test. */
import { type TestContext, test } from 'node:test'
import { MovieClient, type MovieClientOptions } from './movie-client.ts'

/** A limit for each test: one for all would be shorter the more there are. */
export const it = (name: string, body: (t: TestContext) => Promise<void>) => test(name, { timeout: 30_000 }, body)

export const TOKEN = 'eyJhbGciOi.secret-token.value'

export const KEY = '0123456789abcdef0123456789abcdef'

export const clientOf = (api: { baseUrl: string }, options: Partial<MovieClientOptions> = {}) =>
  // No chance in back-off: the shortest waits.
  new MovieClient({
    baseUrl: api.baseUrl,
    token: TOKEN,
    connections: 4,
    rate: null,
    deadlineMs: 5000,
    random: () => 0,
    ...options,
  })
