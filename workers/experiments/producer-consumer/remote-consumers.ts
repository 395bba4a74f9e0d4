/**
 * The consumers of other machines, as the flow sees them: announces the flow so that they can join, and keeps a memory for each that has,
 * brought up to date by what it reports. It can't start, kill or replace them; what one held that died is claimed back after the lease.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type ConsumerMemory, createConsumerMemory } from './consumer-memory.ts'
import type { FlowSetting } from './flow-setting.ts'
import { openPostgres } from './postgres-database.ts'
import { openRedis, type RedisConnection } from './redis-connection.ts'
import { joinedKey, openKey, reportsKey } from './redis-flows.ts'
import {
  ANNOUNCED_S,
  databaseClockOffsetUs,
  type OpenFlow,
  remoteReportSchema,
  takeRemoteReport,
} from './remote-flow.ts'
import { databaseUrl, redisUrl } from './service-urls.ts'

const LOOK_EVERY_MS = 50
const ANNOUNCE_EVERY_MS = (ANNOUNCED_S * 1_000) / 3
/** How long the last reports are waited for; without one its messages are known from the rows, but not their latency. */
const LAST_REPORT_MS = 2_000

export class RemoteConsumers implements AsyncDisposable {
  readonly #setting: FlowSetting
  readonly #redis: RedisConnection
  readonly #open: OpenFlow
  readonly #memories = new Map<string, ConsumerMemory>()
  readonly #left = new Set<string>()
  #over = false
  #looking: Promise<void> = Promise.resolve()

  /** Null where other machines couldn't reach queue or database. */
  static async create(setting: FlowSetting): Promise<RemoteConsumers | null> {
    const { places, options } = setting
    const { queue, database, durability, lockTimeoutMs, slowTurnsMs } = places
    if (queue.kind !== 'redis' || database.kind !== 'postgres') return null
    const client = await openPostgres({
      url: databaseUrl(),
      schema: database.schema,
      durability,
      timeoutMs: lockTimeoutMs,
    })
    try {
      // The run began at 0 of its own clock.
      const beganDatabaseUs = await databaseClockOffsetUs(client, options.clock.nowUs)
      const { batchSize, writeLatencyMs } = options.params
      const { stream } = queue
      const { schema } = database
      const patience = { lockTimeoutMs, slowTurnsMs }
      const open = { stream, schema, durability, batchSize, writeLatencyMs, ...patience, beganDatabaseUs }
      using making = new DisposableStack()
      const remote = new RemoteConsumers(setting, making.use(await openRedis(redisUrl())), open)
      await remote.#announce()
      making.move()
      remote.#looking = remote.#look()
      return remote
    } finally {
      await client.end()
    }
  }

  private constructor(setting: FlowSetting, redis: RedisConnection, open: OpenFlow) {
    this.#setting = setting
    this.#redis = redis
    this.#open = open
  }

  get count(): number {
    return this.#memories.size
  }

  /** Resolves when everybody has told that it is done, or didn't in time. */
  async haveLeft(): Promise<void> {
    const deadline = performance.now() + LAST_REPORT_MS
    while (this.#left.size < this.#memories.size && performance.now() < deadline) await pause(LOOK_EVERY_MS)
    await this.#read()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#looking
    const { stream } = this.#open
    try {
      await this.#redis.command('DEL', openKey(stream), joinedKey(stream), reportsKey(stream))
    } catch {
      // Unreachable now: they expire by themselves.
    }
    this.#redis[Symbol.dispose]()
  }

  async #announce(): Promise<void> {
    await this.#redis.command('SET', openKey(this.#open.stream), JSON.stringify(this.#open), 'EX', String(ANNOUNCED_S))
  }

  async #look(): Promise<void> {
    let announcedMs = performance.now()
    try {
      while (!this.#over) {
        await this.#read()
        if (performance.now() - announcedMs > ANNOUNCE_EVERY_MS) {
          announcedMs = performance.now()
          await this.#announce()
        }
        await pause(LOOK_EVERY_MS)
      }
    } catch {
      // A Redis that went away is told by those who carry messages over it.
    }
  }

  async #read(): Promise<void> {
    const answer = await this.#redis.command('HGETALL', reportsKey(this.#open.stream))
    for (const [consumer, text] of pairsOf(answer)) {
      const parsed = remoteReportSchema.safeParse(JSON.parse(text))
      if (!parsed.success) continue
      const known = this.#memories.get(consumer)
      const memory = known ?? createConsumerMemory(1, 0, 0)
      if (!known) {
        this.#memories.set(consumer, memory)
        this.#setting.state.consumers.push(memory)
      }
      takeRemoteReport(memory, parsed.data)
      if (parsed.data.done) this.#left.add(consumer)
    }
  }
}

/** A hash comes as a flat list or as an object, by the protocol's version. */
const pairsOf = (answer: unknown): [string, string][] => {
  if (!Array.isArray(answer)) return Object.entries(answer ?? {}).map(([key, value]) => [key, String(value)])
  return Array.from({ length: answer.length / 2 }, (_, i) => [String(answer[2 * i]), String(answer[2 * i + 1])])
}
