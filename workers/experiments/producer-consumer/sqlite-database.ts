/** Messages as rows of an SQLite file, one transaction a batch; a key that is there already is left alone. */
import type { StatementSync } from 'node:sqlite'
import { checksumAt, keyAt, scheduledAt, valueAt } from './message.ts'
import type { MessageDatabase } from './party.ts'
import { failureAt, SqliteWriter } from './sqlite-writer.ts'

const COLUMNS = 6
/** Rows of one statement: a call costs more than what it inserts. */
const ROWS = 32

const insertOf = (rows: number): string =>
  `INSERT INTO message (key, scheduled_us, value, checksum, consumer, position) VALUES ${Array(rows).fill('(?,?,?,?,?,?)').join(',')} ON CONFLICT DO NOTHING`

export const createMessageTable = (
  place: Pick<SqliteDatabaseOptions, 'file' | 'durability' | 'lockTimeoutMs'>,
): void => {
  using writer = new SqliteWriter({ ...place, place: 'database' })
  writer.inTransaction(() =>
    writer.database.exec(`CREATE TABLE IF NOT EXISTS message (
    key INTEGER PRIMARY KEY, scheduled_us INTEGER NOT NULL, value INTEGER NOT NULL, checksum INTEGER NOT NULL,
    consumer INTEGER NOT NULL, position INTEGER NOT NULL)`),
  )
}

export interface SqliteDatabaseOptions {
  file: string
  durability: 'full' | 'normal'
  consumer: number
  lockTimeoutMs: number
  cancelled: () => boolean
}

export class SqliteDatabase implements MessageDatabase {
  readonly #writer: SqliteWriter
  readonly #one: StatementSync
  readonly #many: StatementSync
  readonly #own: StatementSync
  readonly #values: number[] = new Array<number>(ROWS * COLUMNS).fill(0)
  readonly #consumer: number
  /** Counts what this consumer wrote, so that the order can be read off the rows. */
  #position = 0
  /** Where it stood when the transaction began. */
  #began = 0

  constructor(options: SqliteDatabaseOptions) {
    this.#writer = new SqliteWriter({ ...options, place: 'database' })
    this.#one = this.#writer.prepare(insertOf(1))
    this.#many = this.#writer.prepare(insertOf(ROWS))
    this.#own = this.#writer.prepare('SELECT 1 FROM message WHERE key = ? AND consumer = ? AND position >= ?')
    this.#consumer = options.consumer
  }

  begin(): void {
    this.#writer.begin()
    this.#began = this.#position
  }

  insert(messages: Int32Array, from: number, until: number): number {
    const values = this.#values
    let inserted = 0
    try {
      let next = from
      for (; next + ROWS <= until; next += ROWS) {
        for (let row = 0; row < ROWS; row++) this.#put(messages, next + row, row * COLUMNS)
        inserted += Number(this.#many.run(...values).changes)
      }
      for (; next < until; next++) {
        this.#put(messages, next, 0)
        const [key = 0, scheduledUs = 0, value = 0, checksum = 0, consumer = 0, position = 0] = values
        inserted += Number(this.#one.run(key, scheduledUs, value, checksum, consumer, position).changes)
      }
    } catch (error) {
      this.#writer.rollback()
      throw failureAt('database', error)
    }
    return inserted
  }

  inserted(messages: Int32Array, count: number): Uint8Array {
    try {
      const has = (index: number) => this.#own.get(keyAt(messages, index), this.#consumer, this.#began)
      return Uint8Array.from({ length: count }, (_, index) => (has(index) === undefined ? 0 : 1))
    } catch (error) {
      this.#writer.rollback()
      throw failureAt('database', error)
    }
  }

  commit(): void {
    this.#writer.commit()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#writer[Symbol.dispose]()
  }

  #put(messages: Int32Array, index: number, at: number): void {
    const values = this.#values
    values[at] = keyAt(messages, index)
    values[at + 1] = scheduledAt(messages, index)
    values[at + 2] = valueAt(messages, index)
    values[at + 3] = checksumAt(messages, index)
    values[at + 4] = this.#consumer
    values[at + 5] = this.#position++
  }
}
