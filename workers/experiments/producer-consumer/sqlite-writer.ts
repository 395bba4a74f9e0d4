/**
 * An SQLite file with several writers: opened, and its one write lock taken. SQLite's own way of waiting sleeps up to 100 ms between
 * two looks; here a writer looks every fraction of a millisecond, so that the lock is not free while all sleep. Who waits longer
 * than the limit fails instead of hanging.
 */
import { DatabaseSync } from 'node:sqlite'
import type { Durability } from '#lib/experiments/producer-consumer-choices.ts'
import { PartyFailure } from './party.ts'

const BUSY = 5
const LOOK_EVERY_MS = 0.2
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

/** Blocks this thread. */
export const sleepMs = (ms: number): void => {
  if (ms > 0) Atomics.wait(nobodyWakes, 0, 0, ms)
}

export const openSqlite = (file: string, durability: Durability): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
  return database
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === BUSY

/** What SQLite says, as a failure of that place; ours stay as they are. */
export const failureAt = (place: 'queue' | 'database', error: unknown): PartyFailure =>
  error instanceof PartyFailure
    ? error
    : new PartyFailure(place, `SQLite: ${error instanceof Error ? error.message : String(error)}`, { cause: error })

export class SqliteWriter implements Disposable {
  readonly database: DatabaseSync
  readonly #place: 'queue' | 'database'
  readonly #lockTimeoutMs: number
  readonly #cancelled: () => boolean

  constructor(
    database: DatabaseSync,
    place: 'queue' | 'database',
    lockTimeoutMs: number,
    cancelled: () => boolean = () => false,
  ) {
    this.database = database
    this.#place = place
    this.#lockTimeoutMs = lockTimeoutMs
    this.#cancelled = cancelled
    // From here on waiting is done by `begin`.
    database.exec('PRAGMA busy_timeout = 0')
  }

  begin(): void {
    const deadline = performance.now() + this.#lockTimeoutMs
    for (;;) {
      try {
        this.database.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error)) throw failureAt(this.#place, error)
        if (performance.now() > deadline || this.#cancelled()) {
          throw new PartyFailure(this.#place, `SQLite: the file stayed locked for ${this.#lockTimeoutMs} ms`, {
            cause: error,
          })
        }
      }
      // Of different lengths, so that two who look at the same moment don't go on doing so.
      sleepMs(LOOK_EVERY_MS * (0.5 + Math.random()))
    }
  }

  commit(): void {
    try {
      this.database.exec('COMMIT')
    } catch (error) {
      this.rollback()
      throw failureAt(this.#place, error)
    }
  }

  rollback(): void {
    if (this.database.isTransaction) this.database.exec('ROLLBACK')
  }

  /** Inside one transaction: all or nothing. */
  inTransaction<T>(work: () => T): T {
    this.begin()
    let value: T
    try {
      value = work()
    } catch (error) {
      this.rollback()
      throw failureAt(this.#place, error)
    }
    this.commit()
    return value
  }

  [Symbol.dispose](): void {
    if (this.database.isOpen) this.database.close()
  }
}
