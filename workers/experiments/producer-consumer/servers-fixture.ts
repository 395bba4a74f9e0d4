/** Which real servers the tests may use, as scripts/ensure-servers.js tells them. Not a test. */
import pg from 'pg'

export interface TestServers {
  redisUrl: string
  databaseUrl: string
  /** false, or why tests that need both are skipped: of each test, or the summary wouldn't count them. */
  skip: false | string
}

/** PostgreSQL's code for a database that is there. */
const DUPLICATE = '42P04'

const createDatabase = async (url: string, name: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== DUPLICATE) throw error
  } finally {
    await client.end()
  }
  const own = new URL(url)
  own.pathname = name
  return own.href
}

/**
 * Sets REDIS_URL and DATABASE_URL for this process and all that it starts. Throws in CI where one is missing. Test files run side by
 * side: of both servers each has a database of its own, by this number, or one's programs would join another's flows.
 */
export const testServers = async (number: number): Promise<TestServers> => {
  const { INTERLEAVE_TEST_REDIS_URL: redis, INTERLEAVE_TEST_DATABASE_URL: postgres, CI } = process.env
  if (redis && postgres) {
    const redisUrl = `${redis}/${number}`
    const databaseUrl = await createDatabase(postgres, `interleave_test_${number}`)
    process.env.REDIS_URL = redisUrl
    process.env.DATABASE_URL = databaseUrl
    return { redisUrl, databaseUrl, skip: false }
  }
  const reason =
    'no Redis and PostgreSQL to test with: npm test brings them, or node scripts/with-servers.js node --test …'
  if (CI === 'true') throw new Error(reason)
  return { redisUrl: '', databaseUrl: '', skip: reason }
}
