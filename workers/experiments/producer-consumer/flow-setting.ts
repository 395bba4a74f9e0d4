/** What a flow takes place in: the files, the queue, the memories of those who take part, the word that stops them, and their lanes. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Lane } from '#lib/contract/trace.ts'
import type { QueueId } from '#lib/experiments/producer-consumer-choices.ts'
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer-params.ts'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import type { RunClock, RunEmitter } from '../run-context.ts'
import { lockTimeoutMs, slowTurnsMs } from './flow-patience.ts'
import { groupOf, type Role } from './flow-sampler.ts'
import { FlowState } from './flow-state.ts'
import { MemoryQueueControl } from './memory-queue.ts'
import { MESSAGE_BYTES } from './message.ts'
import { PartyFailure, type Places, type QueueControl } from './party.ts'
import { PostgresSchema } from './postgres-schema.ts'
import { RedisQueueControl } from './redis-queue.ts'
import { databaseUrl, redisUrl } from './service-urls.ts'
import { createMessageTable } from './sqlite-database.ts'
import { createQueueTable, SqliteQueueControl } from './sqlite-queue.ts'

const SPANS_IN_ALL = 16_000

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
  onKill?: (act: () => Promise<void>) => () => void
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
  /** The table of messages, where it isn't a file, which goes with the folder. */
  table: AsyncDisposable | null
}

export class FlowSetting implements AsyncDisposable {
  readonly options: FlowOptions
  readonly state = new FlowState()
  readonly cancellation = new Cancellation()
  readonly places: Places
  /** The queue, where it is in memory: then consumers are threads. */
  readonly queueBuffer: SharedArrayBuffer | null
  readonly control: QueueControl

  readonly #table: AsyncDisposable | null

  /** Throws PartyFailure where the queue or the database can't be used. */
  static async create(options: FlowOptions): Promise<FlowSetting> {
    const { params, folder } = options
    makeFolder(folder)
    // Not the run's id: one run may have many flows, and nothing here may be met by another server's.
    const unique = randomUUID().replaceAll('-', '')
    const places: Places = {
      queue: queuePlace(params.queue, folder, unique),
      database:
        params.database === 'sqlite'
          ? { kind: 'sqlite', file: path.join(folder, 'messages.sqlite') }
          : { kind: 'postgres', schema: `interleave_${unique}` },
      durability: params.durability,
      lockTimeoutMs: options.lockTimeoutMs ?? lockTimeoutMs(params),
      slowTurnsMs: slowTurnsMs(params),
    }
    await using making = new AsyncDisposableStack()
    const table = making.use(await createTable(places))
    const inMemory = params.queue === 'memory'
    const queueBuffer = inMemory
      ? BoundedQueue.allocate({ capacity: params.capacity, messageBytes: MESSAGE_BYTES })
      : null
    const control = await openControl(places, queueBuffer)
    making.move()
    return new FlowSetting(options, { places, queueBuffer, control, table })
  }

  private constructor(options: FlowOptions, { places, queueBuffer, control, table }: SettingParts) {
    this.options = options
    this.places = places
    this.queueBuffer = queueBuffer
    this.control = control
    this.#table = table
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
    await this.#table?.[Symbol.asyncDispose]()
  }
}

const participantOf = (consumer: number): number => FIRST_CONSUMER + consumer

const queuePlace = (queue: QueueId, folder: string, unique: string): Places['queue'] => {
  if (queue === 'memory') return { kind: 'memory' }
  if (queue === 'sqlite') return { kind: 'sqlite', file: path.join(folder, 'queue.sqlite') }
  return { kind: 'redis', stream: `interleave:${unique}` }
}

const openControl = async (places: Places, buffer: SharedArrayBuffer | null): Promise<QueueControl> => {
  const { queue, durability, lockTimeoutMs } = places
  if (queue.kind === 'redis') return RedisQueueControl.create(redisUrl(), queue.stream)
  if (queue.kind === 'sqlite') {
    const place = { file: queue.file, durability, lockTimeoutMs }
    createQueueTable(place)
    return new SqliteQueueControl(place)
  }
  if (buffer === null) throw new TypeError('a queue in memory needs memory')
  return new MemoryQueueControl(new BoundedQueue(buffer, OWN_PARTICIPANT), participantOf)
}

const createTable = async ({ database, durability, lockTimeoutMs }: Places): Promise<AsyncDisposable | null> => {
  if (database.kind === 'sqlite') {
    createMessageTable({ file: database.file, durability, lockTimeoutMs })
    return null
  }
  return PostgresSchema.create({ url: databaseUrl(), schema: database.schema, durability, timeoutMs: lockTimeoutMs })
}

/** A full disk shows here first. */
const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new PartyFailure('database', `no folder for the files could be made: ${reason}`, { cause: error })
  }
}
