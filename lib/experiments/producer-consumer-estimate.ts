/**
 * How long a flow should take: the schedule of its arrivals or the time of writing, whichever is longer, and around it starting
 * and verifying. The costs were measured on an SSD; a slower disk has three times as long before its limit.
 */

import { arrivalSpanMs } from './producer-consumer-arrivals.ts'
import { writersOf } from './producer-consumer-choices.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'

/** Of a transaction, in milliseconds: a forced write to the disk, or none. */
const COMMIT_MS = { sqlite: { full: 2, normal: 0.05 }, postgres: { full: 3, normal: 0.6 } } as const
const ROW_MS = { sqlite: 0.0015, postgres: 0.02 } as const
/** A message's way through the queue and back, beyond the transactions it shares. */
const QUEUE_MS = { memory: 0, sqlite: 0.02, redis: 0.03 } as const
/** Transactions of a durable queue that a batch costs: claimed and acknowledged. */
const QUEUE_COMMITS = { memory: 0, sqlite: 2, redis: 0.2 } as const
const START_MS = { memory: 60, sqlite: 110, redis: 200 } as const
const VERIFY_MS = 0.0008

export const flowEstimateMs = (params: ProducerConsumerParams, cpus: number): number => {
  const { messages, batchSize, capacity, database, durability, queue, writeLatencyMs, producers, consumers } = params
  const rows = Math.min(batchSize, capacity)
  const commitMs = COMMIT_MS[database][durability] + writeLatencyMs
  const queueMs = QUEUE_COMMITS[queue] * COMMIT_MS.sqlite[durability]
  const batchMs = rows * (ROW_MS[database] + QUEUE_MS[queue]) + commitMs / writersOf(database, consumers) + queueMs
  // Of a flow without drops: one that drops has less to write, so this is its upper bound.
  const writingMs = Math.ceil(messages / rows) * batchMs
  const startMs = 150 + (START_MS[queue] * (producers + consumers)) / cpus
  return startMs + Math.max(arrivalSpanMs(params), writingMs) + messages * VERIFY_MS
}

export const estimateProducerConsumerMs = (params: ProducerConsumerParams, cpus: number): number => {
  const { sweep, rounds } = params
  if (sweep === null) return Math.round(flowEstimateMs(params, cpus))
  const round = sweep.values.reduce((sum, value) => sum + flowEstimateMs({ ...params, [sweep.param]: value }, cpus), 0)
  return Math.round(round * rounds)
}
