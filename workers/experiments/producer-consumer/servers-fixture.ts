/** Which real servers the tests may use, as scripts/ensure-servers.js tells them. Not a test. */

export interface TestServers {
  redisUrl: string
  databaseUrl: string
  /** false, or why tests that need both are skipped. */
  skip: false | string
}

/**
 * Sets REDIS_URL and DATABASE_URL for this process and all that it starts. Throws in CI where one is missing. Test files run side by
 * side: `keyspace` is Redis' number of a database of their own, or one's programs would join another's flows.
 */
export const testServers = (keyspace: number): TestServers => {
  const { INTERLEAVE_TEST_REDIS_URL: redis, INTERLEAVE_TEST_DATABASE_URL: databaseUrl, CI } = process.env
  if (redis && databaseUrl) {
    const redisUrl = `${redis}/${keyspace}`
    process.env.REDIS_URL = redisUrl
    process.env.DATABASE_URL = databaseUrl
    return { redisUrl, databaseUrl, skip: false }
  }
  const reason =
    'no Redis and PostgreSQL to test with: npm test brings them, or node scripts/with-servers.js node --test …'
  if (CI === 'true') throw new Error(reason)
  return { redisUrl: '', databaseUrl: '', skip: reason }
}
