/** Opens the ends of queue and database for one who takes part, by what the settings name; strings with secrets come from the environment. */
import type { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import { MemoryQueueInput, MemoryQueueOutput } from './memory-queue.ts'
import type { ConsumerSettings, MessageDatabase, ProducerSettings, QueueInput, QueueOutput } from './party.ts'
import { PartyFailure } from './party.ts'
import { openPostgres, PostgresDatabase } from './postgres-database.ts'
import { openRedis } from './redis-connection.ts'
import { RedisQueueInput, RedisQueueOutput } from './redis-queue.ts'
import { databaseUrl, redisUrl } from './service-urls.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { SQLITE_LEASE_MS, SqliteQueueInput, SqliteQueueOutput } from './sqlite-queue.ts'

export interface Surroundings {
  nowUs: () => number
  cancellation: Cancellation
  /** Where the queue is in shared memory. */
  memoryQueue: BoundedQueue | null
}

const missing = (): PartyFailure => new PartyFailure('queue', 'a queue in memory was not handed over')

export const openQueueInput = async (settings: ProducerSettings, around: Surroundings): Promise<QueueInput> => {
  const { queue, durability, lockTimeoutMs } = settings.places
  const cancelled = () => around.cancellation.cancelled
  if (queue.kind === 'sqlite') {
    return new SqliteQueueInput({ file: queue.file, durability, lockTimeoutMs, cancelled }, settings.capacity)
  }
  if (queue.kind === 'redis') {
    return new RedisQueueInput(await openRedis(redisUrl()), queue.stream, settings.capacity, cancelled)
  }
  if (around.memoryQueue === null) throw missing()
  return new MemoryQueueInput(around.memoryQueue, around.cancellation)
}

export const openQueueOutput = async (settings: ConsumerSettings, around: Surroundings): Promise<QueueOutput> => {
  const { queue, durability, lockTimeoutMs, slowTurnsMs } = settings.places
  const cancelled = () => around.cancellation.cancelled
  if (queue.kind === 'sqlite') {
    const leaseMs = SQLITE_LEASE_MS + slowTurnsMs
    const options = { file: queue.file, durability, lockTimeoutMs, cancelled, leaseMs }
    return new SqliteQueueOutput(options, settings.consumer, around.nowUs)
  }
  if (queue.kind === 'redis') {
    return new RedisQueueOutput(await openRedis(redisUrl()), queue.stream, settings.consumer, slowTurnsMs)
  }
  if (around.memoryQueue === null) throw missing()
  return new MemoryQueueOutput(around.memoryQueue, around.cancellation)
}

export const openDatabase = async (settings: ConsumerSettings, around: Surroundings): Promise<MessageDatabase> => {
  const { database, durability, lockTimeoutMs } = settings.places
  if (database.kind === 'postgres') {
    const place = { url: databaseUrl(), schema: database.schema, durability, timeoutMs: lockTimeoutMs }
    return new PostgresDatabase(await openPostgres(place), settings.consumer)
  }
  const cancelled = () => around.cancellation.cancelled
  return new SqliteDatabase({ file: database.file, durability, consumer: settings.consumer, lockTimeoutMs, cancelled })
}
