/**
 * The schema of one flow: made and dropped by the server that organises it. Its connection holds an advisory lock named after the schema,
 * which ends with the connection however that ends; so a schema whose lock is free was left behind by a server that was killed, and
 * the next flow drops it.
 */
import type pg from 'pg'
import { openPostgres, type PostgresPlace, postgresFailure, withPostgres } from './postgres-database.ts'

const LOCK = 'hashtextextended($1, 0)'
const ALL = "SELECT nspname AS schema FROM pg_namespace WHERE nspname ~ '^interleave_[0-9a-f]{32}$'"
/** Who else has the right to end idle connections shall not end this one; not every version of the server knows that. */
const STAY = `SELECT set_config('idle_session_timeout', '0', false)
  WHERE EXISTS (SELECT FROM pg_settings WHERE name = 'idle_session_timeout')`

const tellUndropped = (schema: string, error: unknown): void => {
  // No flow fails by it; this is for who keeps the server.
  console.error(`The schema ${schema} could not be dropped: ${postgresFailure(error).message}`)
}

const dropLeftBehind = async (client: pg.Client): Promise<void> => {
  const { rows: schemas } = await client.query(ALL)
  for (const { schema } of schemas) {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${LOCK}) AS free`, [schema])
    if (rows[0]?.free !== true) continue
    try {
      await client.query(`BEGIN; SET LOCAL lock_timeout = '1s'; DROP SCHEMA IF EXISTS ${schema} CASCADE; COMMIT`)
    } catch (error) {
      await client.query('ROLLBACK')
      tellUndropped(schema, error)
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${LOCK})`, [schema])
    }
  }
}

export class PostgresSchema implements AsyncDisposable {
  readonly #place: PostgresPlace
  readonly #client: pg.Client

  /** With the empty table of messages in it. Throws PartyFailure. */
  static async create(place: PostgresPlace): Promise<PostgresSchema> {
    await using making = new AsyncDisposableStack()
    const client = await openPostgres(place)
    const schema = making.use(new PostgresSchema(place, client))
    try {
      await dropLeftBehind(client)
      await client.query(STAY)
      // Before anybody can see the schema.
      await client.query(`SELECT pg_advisory_lock(${LOCK})`, [place.schema])
      await client.query(`CREATE SCHEMA ${place.schema}`)
      await client.query(`CREATE TABLE message (
        key BIGINT PRIMARY KEY, scheduled_us BIGINT NOT NULL, value BIGINT NOT NULL, checksum BIGINT NOT NULL,
        consumer INTEGER NOT NULL, position BIGINT NOT NULL)`)
    } catch (error) {
      throw postgresFailure(error)
    }
    making.move()
    return schema
  }

  private constructor(place: PostgresPlace, client: pg.Client) {
    this.#place = place
    this.#client = client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { schema } = this.#place
    const drop = `DROP SCHEMA IF EXISTS ${schema} CASCADE`
    try {
      // Its own connection may have been ended with the others'.
      await this.#client.query(drop).catch(() => withPostgres(this.#place, (client) => client.query(drop)))
    } catch (error) {
      tellUndropped(schema, error)
    } finally {
      await this.#client.end().catch(() => undefined) // it is being left
    }
  }
}
