/**
 * An SQLite file with several writers: opened, read, and its one write lock taken. SQLite's own way of waiting sleeps up to 100 ms
 * between two looks; here a writer looks every fraction of a millisecond, so that the lock is not free while all sleep. Who waits
 * longer than the limit fails instead of hanging. Everything throws PartyFailure of the file's place.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { Durability } from '#lib/experiments/producer-consumer-choices.ts'
import { PartyFailure } from './party.ts'

const BUSY = 5
const LOOK_EVERY_MS = 0.2
/** Opening comes before this writer's own way of waiting. */
const OPEN_MS = 5_000
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

/** Blocks this thread. */
export const sleepMs = (ms: number): void => {
  if (ms > 0) Atomics.wait(nobodyWakes, 0, 0, ms)
}

const openSqlite = (file: string, durability: Durability, lockTimeoutMs: number): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: Math.min(OPEN_MS, lockTimeoutMs) })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Somebody else has the lock, or is just recovering the file. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === BUSY

/** What SQLite says, as a failure of that place; ours stay as they are. */
export const failureAt = (place: 'queue' | 'database', error: unknown): PartyFailure =>
  error instanceof PartyFailure
    ? error
    : new PartyFailure(place, `SQLite: ${error instanceof Error ? error.message : String(error)}`, { cause: error })

export interface SqliteWriterOptions {
  file: string
  durability: Durability
  place: 'queue' | 'database'
  lockTimeoutMs: number
  cancelled?: () => boolean
}

export class SqliteWriter implements Disposable {
  readonly database: DatabaseSync
  readonly #place: 'queue' | 'database'
  readonly #lockTimeoutMs: number
  readonly #cancelled: () => boolean

  constructor({ file, durability, place, lockTimeoutMs, cancelled = () => false }: SqliteWriterOptions) {
    this.#place = place
    this.#lockTimeoutMs = lockTimeoutMs
    this.#cancelled = cancelled
    try {
      this.database = openSqlite(file, durability, lockTimeoutMs)
      // From here on waiting is done here.
      this.database.exec('PRAGMA busy_timeout = 0')
    } catch (error) {
      throw failureAt(place, error)
    }
  }

  /** Where that fails nothing is left open. */
  prepare(sql: string): StatementSync {
    try {
      return this.reading(() => this.database.prepare(sql))
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    }
  }

  /** Outside a transaction. Readers wait for nobody, but for one who recovers the file after a writer's death. */
  reading<T>(read: () => T): T {
    const deadline = performance.now() + this.#lockTimeoutMs
    for (;;) {
      try {
        return read()
      } catch (error) {
        if (!isBusy(error)) throw failureAt(this.#place, error)
        this.#stillPatient(deadline, error)
      }
      sleepMs(LOOK_EVERY_MS)
    }
  }

  begin(): void {
    const deadline = performance.now() + this.#lockTimeoutMs
    // Of different lengths, so that two who look at the same moment don't go on doing so.
    while (!this.#begins(deadline)) sleepMs(LOOK_EVERY_MS * (0.5 + Math.random()))
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
    return this.#complete(work)
  }

  /** The same for a thread that must not be blocked while others have the lock. */
  async inAwaitedTransaction<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + this.#lockTimeoutMs
    while (!this.#begins(deadline)) await pause(LOOK_EVERY_MS)
    return this.#complete(work)
  }

  [Symbol.dispose](): void {
    if (this.database.isOpen) this.database.close()
  }

  #begins(deadline: number): boolean {
    try {
      this.database.exec('BEGIN IMMEDIATE')
      return true
    } catch (error) {
      if (!isBusy(error)) throw failureAt(this.#place, error)
      this.#stillPatient(deadline, error)
      return false
    }
  }

  #stillPatient(deadline: number, error: unknown): void {
    if (performance.now() <= deadline && !this.#cancelled()) return
    throw new PartyFailure(this.#place, `SQLite: the file stayed locked for ${this.#lockTimeoutMs} ms`, {
      cause: error,
    })
  }

  #complete<T>(work: () => T): T {
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
}
