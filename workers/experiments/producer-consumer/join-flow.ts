/** Takes part in one flow of another machine, from joining to its end, and reports what it does. */
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import { createThreadClock } from '../../threads/thread-clock.ts'
import { consume } from './consume.ts'
import { COUNT, createConsumerMemory } from './consumer-memory.ts'
import type { ConsumerSettings } from './party.ts'
import { openPostgres, PostgresDatabase } from './postgres-database.ts'
import type { RedisConnection } from './redis-connection.ts'
import { openRedis } from './redis-connection.ts'
import { reportToFlow, takeNumber } from './redis-flows.ts'
import { RedisQueueOutput } from './redis-queue.ts'
import { databaseClockOffsetUs, FIRST_REMOTE, type OpenFlow, reportOf } from './remote-flow.ts'
import { databaseUrl, redisUrl } from './service-urls.ts'

const REPORT_EVERY_MS = 100

export interface JoinedFlow {
  consumer: number
  written: number
}

/** `cancellation` lets it finish its batch and leave. Throws PartyFailure. */
export const joinFlow = async (
  flow: OpenFlow,
  redis: RedisConnection,
  cancellation: Cancellation,
): Promise<JoinedFlow> => {
  const { stream, schema, durability, batchSize, writeLatencyMs, lockTimeoutMs, slowTurnsMs } = flow
  const originNs = process.hrtime.bigint()
  const ownUs = createThreadClock(originNs)
  await using closing = new AsyncDisposableStack()
  const consumer = FIRST_REMOTE + (await takeNumber(redis, stream))
  const client = await openPostgres({ url: databaseUrl(), schema, durability, timeoutMs: lockTimeoutMs })
  const database = closing.use(new PostgresDatabase(client, consumer))
  const queue = closing.use(new RedisQueueOutput(await openRedis(redisUrl()), stream, consumer, slowTurnsMs))
  const shiftUs = (await databaseClockOffsetUs(client, ownUs)) - flow.beganDatabaseUs
  const memory = createConsumerMemory(batchSize, 0, 0)
  const settings: ConsumerSettings = {
    consumer,
    originNs,
    places: {
      queue: { kind: 'redis', stream },
      database: { kind: 'postgres', schema },
      durability,
      lockTimeoutMs,
      slowTurnsMs,
    },
    batchSize,
    writeLatencyMs,
    // Arrows of the timeline are drawn between lanes of one machine.
    sampleEvery: Number.MAX_SAFE_INTEGER,
    spanCapacity: 0,
  }
  const report = (done: boolean): Promise<void> =>
    reportToFlow(redis, stream, consumer, JSON.stringify(reportOf(memory, done)))
  let reportedMs = performance.now()
  await report(false)
  await consume({
    settings,
    queue,
    database,
    memory,
    nowUs: () => ownUs() + shiftUs,
    cancelled: () => cancellation.cancelled,
    breathe: () => {
      if (performance.now() - reportedMs < REPORT_EVERY_MS) return null
      reportedMs = performance.now()
      return report(false)
    },
    // Nobody on this machine asks it to stop to be killed.
    stop: async () => undefined,
  })
  await report(true)
  return { consumer, written: memory.counts[COUNT.committed] ?? 0 }
}
