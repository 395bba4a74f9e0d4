/**
 * Messages as rows of a PostgreSQL table, in a schema of the flow's own, for consumers on any number of machines. Its transactions go on
 * side by side, so here more consumers do write more. One clock for all of them: the server's.
 */
import pg from 'pg'
import type { Durability } from '#lib/experiments/producer-consumer-choices.ts'
import { checksumAt, keyAt, scheduledAt, valueAt } from './message.ts'
import { type MessageDatabase, PartyFailure } from './party.ts'
import { withoutAddress } from './service-urls.ts'
import { COUNT_SQL, DUPLICATED_SQL, type Verification, type VerificationRequest } from './verify-rows.ts'

const CONNECT_MS = 3_000
/** The server finds out that a machine has vanished within half a minute. */
const KEEP_ALIVE = 'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4'

const ORDER_SQL = `SELECT count(*) AS wrong FROM (
  SELECT position, key, lag(position) OVER (ORDER BY key) AS before, lag(key) OVER (ORDER BY key) AS former FROM message
) AS pairs WHERE (former >> 20) = (key >> 20) AND before >= position`

const INSERT = `INSERT INTO message (key, scheduled_us, value, checksum, consumer, position)
  SELECT key, scheduled_us, value, checksum, $5, $6::bigint + place - 1
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY
    AS batch(key, scheduled_us, value, checksum, place)
  ON CONFLICT DO NOTHING`

const INSERTED = 'SELECT key FROM message WHERE key = ANY ($1::bigint[]) AND consumer = $2 AND position >= $3'

/** What the server says, without what the address holds. */
export const postgresFailure = (error: unknown): PartyFailure =>
  error instanceof PartyFailure ? error : new PartyFailure('database', `PostgreSQL: ${withoutAddress(error)}`)

export interface PostgresPlace {
  url: string
  /** Ours: letters, digits and underscores. */
  schema: string
  durability: Durability
  /** A statement that takes longer has failed: also one that waits for a lock. */
  timeoutMs: number
}

export const openPostgres = async ({ url, schema, durability, timeoutMs }: PostgresPlace): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 1_000,
    // A machine that vanished in a transaction would keep its rows locked: the others wait no longer than for a statement.
    idle_in_transaction_session_timeout: timeoutMs,
    keepAlive: true,
    application_name: 'interleave',
  })
  // The connection that breaks between two queries: the next query says so.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`SET search_path TO ${schema}`)
    await client.query(`SET synchronous_commit TO ${durability === 'full' ? 'on' : 'off'}`)
    await client.query(KEEP_ALIVE)
    return client
  } catch (error) {
    await client.end().catch(() => undefined) // it never was of use
    throw postgresFailure(error)
  }
}

export const withPostgres = async <T>(place: PostgresPlace, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = await openPostgres(place)
  try {
    return await work(client)
  } catch (error) {
    throw postgresFailure(error)
  } finally {
    await client.end().catch(() => undefined) // it is being left: what it says to that is of no interest
  }
}

export const verifyPostgres = (
  place: PostgresPlace,
  { ordered, keys }: Pick<VerificationRequest, 'ordered' | 'keys'>,
): Promise<Verification> =>
  withPostgres(place, async (client) => {
    const [counted] = (await client.query(COUNT_SQL)).rows
    const [copies] = (await client.query(DUPLICATED_SQL)).rows
    const [order] = ordered ? (await client.query(ORDER_SQL)).rows : []
    const { rows: found } = await client.query('SELECT key FROM message WHERE key = ANY ($1::bigint[])', [keys])
    const there = new Set(found.map(({ key }) => Number(key)))
    return {
      rows: Number(counted?.rows),
      damaged: Number(counted?.damaged),
      duplicated: Number(copies?.duplicated),
      outOfOrder: order ? Number(order.wrong) : null,
      missing: keys.filter((key) => !there.has(key)),
    }
  })

/** Now, by the server's clock, in microseconds since 1970, and how long ago at most it said so. */
export const postgresNowUs = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query('SELECT extract(epoch FROM clock_timestamp()) * 1000000 AS now')
  return Number(rows[0]?.now)
}

export class PostgresDatabase implements MessageDatabase {
  readonly #client: pg.Client
  readonly #consumer: number
  #position = 0
  /** Where it stood when the transaction began. */
  #began = 0

  constructor(client: pg.Client, consumer: number) {
    this.#client = client
    this.#consumer = consumer
  }

  begin(): Promise<void> {
    this.#began = this.#position
    return this.#query('BEGIN')
  }

  async insert(messages: Int32Array, from: number, until: number): Promise<number> {
    const column = (of: (messages: Int32Array, index: number) => number): number[] =>
      Array.from({ length: until - from }, (_, i) => of(messages, from + i))
    const columns = [column(keyAt), column(scheduledAt), column(valueAt), column(checksumAt)]
    const first = this.#position
    this.#position += until - from
    try {
      const { rowCount } = await this.#client.query(INSERT, [...columns, this.#consumer, first])
      return rowCount ?? 0
    } catch (error) {
      throw postgresFailure(error)
    }
  }

  async inserted(messages: Int32Array, count: number): Promise<Uint8Array> {
    const keys = Array.from({ length: count }, (_, i) => keyAt(messages, i))
    try {
      const { rows } = await this.#client.query(INSERTED, [keys, this.#consumer, this.#began])
      const own = new Set(rows.map(({ key }) => Number(key)))
      return Uint8Array.from(keys, (key) => (own.has(key) ? 1 : 0))
    } catch (error) {
      throw postgresFailure(error)
    }
  }

  commit(): Promise<void> {
    return this.#query('COMMIT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end().catch(() => undefined) // it is being left
  }

  async #query(sql: string): Promise<void> {
    try {
      await this.#client.query(sql)
    } catch (error) {
      throw postgresFailure(error)
    }
  }
}
