/**
 * A durable queue in a table. Producers put rows in, a consumer claims rows in one transaction and deletes them in another when its
 * work is committed elsewhere; until then they stay, and are claimed again when their consumer died. So a message is delivered at
 * least once, never lost, and counts against the capacity until it is acknowledged.
 *
 * The depth stands in a row of its own, changed in the transactions that change it: counting would read the whole table. A claim
 * ends by itself after the lease, for consumers whose death nobody saw; whoever sees it calls `releaseClaims`.
 */
import type { StatementSync } from 'node:sqlite'
import type { Durability } from '#lib/experiments/producer-consumer-choices.ts'
import { checksumAt, keyAt, MESSAGE_WORDS, scheduledAt, valueAt } from './message.ts'
import type { QueueControl, QueueInput, QueueOutput, Taken } from './party.ts'
import { failureAt, isBusy, SqliteWriter, sleepMs } from './sqlite-writer.ts'

/** Longer than any transaction takes that nobody slows down. */
export const SQLITE_LEASE_MS = 30_000
const LOOK_EVERY_MS = 1

export interface SqliteQueueOptions {
  file: string
  durability: Durability
  lockTimeoutMs: number
  cancelled: () => boolean
}

type Place = Pick<SqliteQueueOptions, 'file' | 'durability' | 'lockTimeoutMs'>

export const createQueueTable = (place: Place): void => {
  using writer = new SqliteWriter({ ...place, place: 'queue' })
  writer.inTransaction(() =>
    writer.database.exec(`
    CREATE TABLE queue (
      id INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER NOT NULL, scheduled_us INTEGER NOT NULL,
      value INTEGER NOT NULL, checksum INTEGER NOT NULL,
      claimed_by INTEGER NOT NULL DEFAULT -1, claimed_until_us REAL NOT NULL DEFAULT -1,
      deliveries INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE state (depth INTEGER NOT NULL, closed INTEGER NOT NULL);
    INSERT INTO state VALUES (0, 0)`),
  )
}

/** What the one who organises sees and does, without ever blocking its thread for a lock. */
export class SqliteQueueControl implements QueueControl {
  readonly #writer: SqliteWriter
  readonly #readDepth: StatementSync
  readonly #close: StatementSync
  readonly #release: StatementSync
  #depth = 0

  constructor(place: Place) {
    this.#writer = new SqliteWriter({ ...place, place: 'queue' })
    this.#readDepth = this.#writer.prepare('SELECT depth FROM state')
    this.#close = this.#writer.prepare('UPDATE state SET closed = 1')
    this.#release = this.#writer.prepare('UPDATE queue SET claimed_by = -1, claimed_until_us = -1 WHERE claimed_by = ?')
  }

  depth(): number {
    try {
      this.#depth = Number(this.#readDepth.get()?.depth ?? 0)
    } catch (error) {
      if (!isBusy(error)) throw failureAt('queue', error)
    }
    return this.#depth
  }

  async close(): Promise<void> {
    await this.#writer.inAwaitedTransaction(() => this.#close.run())
  }

  /** What a consumer that is dead had claimed goes to the next one. Returns how many messages that were. */
  async releaseClaims(consumer: number): Promise<number> {
    return this.#writer.inAwaitedTransaction(() => Number(this.#release.run(consumer).changes))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#writer[Symbol.dispose]()
  }
}

export class SqliteQueueInput implements QueueInput {
  readonly #writer: SqliteWriter
  readonly #capacity: number
  readonly #cancelled: () => boolean
  readonly #insert: StatementSync
  readonly #readDepth: StatementSync
  readonly #addDepth: StatementSync
  readonly #dropOldest: StatementSync
  #depth = 0

  constructor(options: SqliteQueueOptions, capacity: number) {
    const writer = new SqliteWriter({ ...options, place: 'queue' })
    this.#writer = writer
    this.#capacity = capacity
    this.#cancelled = options.cancelled
    this.#insert = writer.prepare('INSERT INTO queue (key, scheduled_us, value, checksum) VALUES (?, ?, ?, ?)')
    this.#readDepth = writer.prepare('SELECT depth FROM state')
    this.#addDepth = writer.prepare('UPDATE state SET depth = depth + ?')
    this.#dropOldest = writer.prepare(`DELETE FROM queue WHERE id IN
      (SELECT id FROM queue WHERE claimed_until_us < ? ORDER BY id LIMIT ?) RETURNING scheduled_us`)
  }

  offer(messages: Int32Array, from: number, count: number): number {
    // Without the lock first: who only finds out that it is full must not keep those waiting who make room.
    if (this.#writer.reading(() => this.#look()) >= this.#capacity) return 0
    return this.#writer.inTransaction(() => {
      const fitting = Math.min(count, this.#capacity - this.#look())
      for (let i = from; i < from + fitting; i++) {
        this.#insert.run(keyAt(messages, i), scheduledAt(messages, i), valueAt(messages, i), checksumAt(messages, i))
      }
      if (fitting > 0) this.#addDepth.run(fitting)
      this.#depth += Math.max(0, fitting)
      return Math.max(0, fitting)
    })
  }

  offerWaiting(messages: Int32Array, from: number, count: number, patienceMs: number): number {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const went = this.offer(messages, from, count)
      if (went > 0 || performance.now() > deadline || this.#cancelled()) return went
      sleepMs(LOOK_EVERY_MS)
    }
  }

  dropOldest(count: number, nowUs: () => number): { dropped: number; sojournUs: number } {
    return this.#writer.inTransaction(() => {
      const now = nowUs()
      const rows = this.#dropOldest.all(now, count)
      if (rows.length > 0) this.#addDepth.run(-rows.length)
      return {
        dropped: rows.length,
        sojournUs: rows.reduce((sum, { scheduled_us: scheduledUs }) => sum + now - Number(scheduledUs), 0),
      }
    })
  }

  depth(): number {
    return this.#depth
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#writer[Symbol.dispose]()
  }

  #look(): number {
    this.#depth = Number(this.#readDepth.get()?.depth ?? 0)
    return this.#depth
  }
}

export class SqliteQueueOutput implements QueueOutput {
  readonly #writer: SqliteWriter
  readonly #leaseUs: number
  readonly #consumer: number
  readonly #nowUs: () => number
  readonly #claim: StatementSync
  readonly #delete: StatementSync
  readonly #addDepth: StatementSync
  readonly #waiting: StatementSync
  readonly #state: StatementSync
  #first = 0
  #last = 0

  constructor(options: SqliteQueueOptions & { leaseMs: number }, consumer: number, nowUs: () => number) {
    const writer = new SqliteWriter({ ...options, place: 'queue' })
    this.#writer = writer
    this.#leaseUs = options.leaseMs * 1_000
    this.#consumer = consumer
    this.#nowUs = nowUs
    this.#claim = writer.prepare(`UPDATE queue SET claimed_by = ?, claimed_until_us = ?, deliveries = deliveries + 1
      WHERE id IN (SELECT id FROM queue WHERE claimed_until_us < ? ORDER BY id LIMIT ?)
      RETURNING id, key, scheduled_us, value, checksum, deliveries`)
    this.#delete = writer.prepare('DELETE FROM queue WHERE id BETWEEN ? AND ? AND claimed_by = ?')
    this.#addDepth = writer.prepare('UPDATE state SET depth = depth + ?')
    this.#waiting = writer.prepare('SELECT 1 FROM queue WHERE claimed_until_us < ? LIMIT 1')
    this.#state = writer.prepare('SELECT depth, closed FROM state')
  }

  take(into: Int32Array, limit: number): Taken | null {
    // Without the lock first, which those who have something to do need.
    if (this.#writer.reading(() => this.#waiting.get(this.#nowUs())) === undefined) {
      const state = this.#writer.reading(() => this.#state.get())
      if (state?.closed === 1 && state.depth === 0) return null
      sleepMs(LOOK_EVERY_MS)
      return { count: 0, redelivered: 0 }
    }
    const rows = this.#writer.inTransaction(() => {
      const now = this.#nowUs()
      return this.#claim.all(this.#consumer, now + this.#leaseUs, now, limit)
    })
    // RETURNING promises no order.
    rows.sort((a, b) => Number(a.id) - Number(b.id))
    this.#first = Number(rows[0]?.id ?? 0)
    this.#last = Number(rows.at(-1)?.id ?? -1)
    let redelivered = 0
    for (const [index, row] of rows.entries()) {
      const at = index * MESSAGE_WORDS
      into[at] = Number(row.key)
      into[at + 1] = Number(row.scheduled_us)
      into[at + 2] = Number(row.value)
      into[at + 3] = Number(row.checksum)
      if (Number(row.deliveries) > 1) redelivered++
    }
    return { count: rows.length, redelivered }
  }

  acknowledge(): void {
    this.#writer.inTransaction(() => {
      const { changes } = this.#delete.run(this.#first, this.#last, this.#consumer)
      this.#addDepth.run(-Number(changes))
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#writer[Symbol.dispose]()
  }
}
