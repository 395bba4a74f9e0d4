/**
 * What a flow and consumer programs on other machines tell each other through Redis: which flows are open, who has joined, what each has
 * done. Addresses are in none of it: every machine has its own REDIS_URL and DATABASE_URL.
 *
 * Several machines have several clocks; one counts, the database's. Every program measures how far its own is from it, by the quickest of
 * some questions, and tells moments as microseconds since the run began.
 */
import type pg from 'pg'
import { z } from 'zod'
import { LOG_BUCKETS } from '#lib/statistics/log-histogram.ts'
import type { ConsumerMemory } from './consumer-memory.ts'
import { COUNTS } from './consumer-memory.ts'
import { postgresNowUs } from './postgres-database.ts'

/** A flow that isn't announced again in this time has ended, however it did. */
export const ANNOUNCED_S = 15
/** Numbers of consumers that the flow started itself are below. */
export const FIRST_REMOTE = 1_000

export const openFlowSchema = z.object({
  stream: z.string().regex(/^interleave:[0-9a-f]{32}$/),
  schema: z.string().regex(/^interleave_[0-9a-f]{32}$/),
  durability: z.enum(['full', 'normal']),
  batchSize: z.int().positive(),
  writeLatencyMs: z.number().nonnegative(),
  lockTimeoutMs: z.number().positive(),
  slowTurnsMs: z.number().nonnegative(),
  /** When the run began, by the database's clock: microseconds since 1970. */
  beganDatabaseUs: z.number(),
})
export type OpenFlow = z.infer<typeof openFlowSchema>

export const remoteReportSchema = z.object({
  counts: z.array(z.number()).length(COUNTS),
  /** Buckets that hold something, with what they hold. */
  histogram: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).max(LOG_BUCKETS),
  /** It has left the flow. */
  done: z.boolean(),
})
export type RemoteReport = z.infer<typeof remoteReportSchema>

export const reportOf = ({ counts, histogram }: ConsumerMemory, done: boolean): RemoteReport => {
  const filled: [number, number][] = []
  for (const [bucket, count] of histogram.entries()) if (count > 0) filled.push([bucket, count])
  return { counts: [...counts], histogram: filled, done }
}

export const takeRemoteReport = (into: ConsumerMemory, { counts, histogram }: RemoteReport): void => {
  into.counts.set(counts)
  for (const [bucket, count] of histogram) if (bucket < LOG_BUCKETS) into.histogram[bucket] = count
}

const QUESTIONS = 20

/** The database's clock minus ours, in microseconds; ours is asked in the middle of the quickest answer. */
export const databaseClockOffsetUs = async (client: pg.Client, nowUs: () => number): Promise<number> => {
  let quickest = Number.POSITIVE_INFINITY
  let offsetUs = 0
  for (let i = 0; i < QUESTIONS; i++) {
    const before = nowUs()
    const there = await postgresNowUs(client)
    const after = nowUs()
    if (after - before >= quickest) continue
    quickest = after - before
    offsetUs = there - (before + after) / 2
  }
  return offsetUs
}
