/**
 * What those who take part in a flow have in common: who they are told to be, the failures they report, and the interfaces of queue
 * and database behind which memory, SQLite, Redis and PostgreSQL stand. Calls may be synchronous or not; who calls awaits.
 */
import type { Durability, KillMoment, Overflow } from '#lib/experiments/producer-consumer-choices.ts'

export type Awaitable<T> = T | Promise<T>

/** A failure of what is outside the program, with its place: the queue or the database. */
export class PartyFailure extends Error {
  override readonly name = 'PartyFailure'
  readonly code: 'queue' | 'database'

  constructor(code: 'queue' | 'database', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The producers' end. */
export interface QueueInput extends AsyncDisposable {
  /** Puts in what there is room for, from the first on, without waiting for room. Returns how many that were. */
  offer(messages: Int32Array, from: number, count: number): Awaitable<number>
  /** As `offer`, but waits for room, up to so long. */
  offerWaiting(messages: Int32Array, from: number, count: number, patienceMs: number): Awaitable<number>
  /** Takes so many of the oldest out to make room, and tells how many it were and how long they were in the system together. */
  dropOldest(count: number, nowUs: () => number): Awaitable<{ dropped: number; sojournUs: number }>
  /** Messages inside, after the last call. */
  depth(): number
}

export interface Taken {
  /** Messages taken; 0 when none came in time. */
  count: number
  /** Of these, how many another consumer had before. */
  redelivered: number
}

/** The consumers' end. */
export interface QueueOutput extends AsyncDisposable {
  /** Copies up to `limit` messages to the start of `into`; null when the queue is closed and everything in it was acknowledged. */
  take(into: Int32Array, limit: number): Awaitable<Taken | null>
  /** Everything that was last taken is done. */
  acknowledge(): Awaitable<void>
}

/** The queue as the one who organises sees it. */
export interface QueueControl extends AsyncDisposable {
  /** Messages inside, a moment ago; throws what the last look failed with. */
  depth(): number
  /** Nothing more comes. */
  close(): Awaitable<void>
  /** What a consumer that is dead had taken and not acknowledged goes to the next one. Returns how many messages that were. */
  releaseClaims(consumer: number): Awaitable<number>
}

/** One writer's connection. Every write is a transaction: begun, filled, committed. */
export interface MessageDatabase extends AsyncDisposable {
  /** Resolves when this writer may write; where the database has one writer, that may take. */
  begin(): Awaitable<void>
  /** Rows whose key is there already stay as they are. Returns how many were new. */
  insert(messages: Int32Array, from: number, until: number): Awaitable<number>
  /** Of the first `count` messages, a 1 for each that is a row since this transaction began; the others were rows before. */
  inserted(messages: Int32Array, count: number): Awaitable<Uint8Array>
  commit(): Awaitable<void>
}

/** Where queue and database are; without anything secret: connection strings come from the environment of each program. */
export interface Places {
  queue: { kind: 'memory' } | { kind: 'sqlite'; file: string } | { kind: 'redis'; stream: string }
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; schema: string }
  durability: Durability
  /** How long a writer waits for another's lock before that is a failure. */
  lockTimeoutMs: number
  /** Added to every lease: how long consumers that are slowed down may have to wait for each other. */
  slowTurnsMs: number
}

export interface ProducerSettings {
  producer: number
  originNs: bigint
  places: Places
  capacity: number
  overflow: Overflow
}

export interface ConsumerSettings {
  /** From 0, and never given twice in a flow. */
  consumer: number
  originNs: bigint
  places: Places
  batchSize: number
  /** Slept inside every transaction, holding its lock: an emulated slow database. */
  writeLatencyMs: number
  /** One message in so many is followed to its commit. */
  sampleEvery: number
  spanCapacity: number
}

export type KillRequest = KillMoment
