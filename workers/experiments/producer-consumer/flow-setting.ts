/** What a flow takes place in: the files, the queue, the memories of those who take part, the word that stops them, and their lanes. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Lane } from '#lib/contract/trace.ts'
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer.ts'
import type { QueueId } from '#lib/experiments/producer-consumer-choices.ts'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import type { RunClock, RunEmitter } from '../run-context.ts'
import { groupOf, type Role } from './flow-sampler.ts'
import { FlowState } from './flow-state.ts'
import { MemoryQueueControl } from './memory-queue.ts'
import { MESSAGE_BYTES } from './message.ts'
import type { Places, QueueControl } from './party.ts'
import { createPostgresTable, dropPostgresTable } from './postgres-database.ts'
import { RedisQueueControl } from './redis-queue.ts'
import { databaseUrl, redisUrl } from './service-urls.ts'
import { createMessageTable } from './sqlite-database.ts'
import { createQueueTable, SqliteQueueControl } from './sqlite-queue.ts'

const SPANS_IN_ALL = 16_000
const LOCK_TIMEOUT_MS = 10_000

export interface FlowOptions {
  params: ProducerConsumerParams
  group: string
  /** Null for a flow that is compared with none. */
  round: number | null
  expectedMs: number
  clock: RunClock
  emit: RunEmitter
  signal: AbortSignal
  /** For the files of this flow. */
  folder: string
  tellsProgress: boolean
  /** Registers the command that kills a consumer; returns the way to withdraw it. */
  onKill?: (act: () => void) => () => void
  /** How long a writer waits for the lock of an SQLite file before that is a failure. */
  lockTimeoutMs?: number
}

/** At the queue in memory: producers from 1 on, consumers from 16 on, and this thread, which only looks. */
const FIRST_CONSUMER = 16
const OWN_PARTICIPANT = 255

interface SettingParts {
  places: Places
  queueBuffer: SharedArrayBuffer | null
  control: QueueControl
}

export class FlowSetting implements AsyncDisposable {
  readonly options: FlowOptions
  readonly state = new FlowState()
  readonly cancellation = new Cancellation()
  readonly places: Places
  /** The queue, where it is in memory: then consumers are threads. */
  readonly queueBuffer: SharedArrayBuffer | null
  readonly control: QueueControl

  /** Throws PartyFailure where Redis or PostgreSQL can't be used. */
  static async create(options: FlowOptions): Promise<FlowSetting> {
    const { params, folder, lockTimeoutMs = LOCK_TIMEOUT_MS } = options
    mkdirSync(folder, { recursive: true })
    // Not the run's id: one run may have many flows, and nothing here may be met by another server's.
    const unique = randomUUID().replaceAll('-', '')
    const places: Places = {
      queue: queuePlace(params.queue, folder, unique),
      database:
        params.database === 'sqlite'
          ? { kind: 'sqlite', file: path.join(folder, 'messages.sqlite') }
          : { kind: 'postgres', schema: `interleave_${unique}` },
      durability: params.durability,
      lockTimeoutMs,
    }
    await createTable(places)
    const inMemory = params.queue === 'memory'
    const queueBuffer = inMemory
      ? BoundedQueue.allocate({ capacity: params.capacity, messageBytes: MESSAGE_BYTES })
      : null
    try {
      return new FlowSetting(options, { places, queueBuffer, control: await openControl(places, queueBuffer) })
    } catch (error) {
      await dropTable(places)
      throw error
    }
  }

  private constructor(options: FlowOptions, { places, queueBuffer, control }: SettingParts) {
    this.options = options
    this.places = places
    this.queueBuffer = queueBuffer
    this.control = control
  }

  /** Spans that each may record. */
  get spanCapacity(): number {
    const { producers, consumers } = this.options.params
    return Math.floor(SPANS_IN_ALL / (producers + consumers + 2))
  }

  participantOf(consumer: number): number {
    return participantOf(consumer)
  }

  lane(id: string, role: Role, kind: Lane['kind'], index: number, known: { pid: number; tid: number } | null): Lane {
    const { group } = this.options
    const at = { pid: known?.pid ?? null, tid: known?.tid ?? null }
    return { id: `${group}/${id}`, group: groupOf(this.options, role), kind, index, name: id.replace('-', ' '), ...at }
  }

  announceStart(lane: Lane, startUs: number, readyUs: number): void {
    const { emit, round } = this.options
    const duration = Math.max(0, readyUs - startUs)
    const span = { lane: lane.id, name: 'start-up', kind: 'startup' as const, start: startUs, duration }
    emit.spans({ spans: [round === null ? span : { ...span, round }] })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.control[Symbol.asyncDispose]()
    await dropTable(this.places)
  }
}

const participantOf = (consumer: number): number => FIRST_CONSUMER + consumer

const queuePlace = (queue: QueueId, folder: string, unique: string): Places['queue'] => {
  if (queue === 'memory') return { kind: 'memory' }
  if (queue === 'sqlite') return { kind: 'sqlite', file: path.join(folder, 'queue.sqlite') }
  return { kind: 'redis', stream: `interleave:${unique}` }
}

const openControl = async ({ queue, durability }: Places, buffer: SharedArrayBuffer | null): Promise<QueueControl> => {
  if (queue.kind === 'redis') return RedisQueueControl.create(redisUrl(), queue.stream)
  if (queue.kind === 'sqlite') {
    createQueueTable(queue.file, durability)
    return new SqliteQueueControl({ file: queue.file, durability })
  }
  if (buffer === null) throw new TypeError('a queue in memory needs memory')
  return new MemoryQueueControl(new BoundedQueue(buffer, OWN_PARTICIPANT), participantOf)
}

const createTable = async ({ database, durability, lockTimeoutMs: timeoutMs }: Places): Promise<void> => {
  if (database.kind === 'sqlite') createMessageTable(database.file, durability)
  else await createPostgresTable({ url: databaseUrl(), schema: database.schema, durability, timeoutMs })
}

/** Files go with their folder. */
const dropTable = async ({ database, durability, lockTimeoutMs: timeoutMs }: Places): Promise<void> => {
  if (database.kind === 'sqlite') return
  try {
    await dropPostgresTable({ url: databaseUrl(), schema: database.schema, durability, timeoutMs })
  } catch (error) {
    // What the flow itself met is told already; this is for who keeps the server.
    console.error(`The schema ${database.schema} could not be dropped:`, error instanceof Error ? error.message : '')
  }
}
