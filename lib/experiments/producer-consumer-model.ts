/**
 * What theory says about a flow: how many messages a second can be written, whether arrivals stay below that, which burst the
 * queue takes in, and how long a message waits where arrivals are Poisson and each is written by itself.
 *
 * A transaction costs a fixed part (the commit: a forced write to the disk) and a part for each row. Both are fitted to the
 * transactions of this very run where their sizes differ, so that the limit can be told although no batch was ever full. So is the
 * cycle of a consumer, which for a durable queue has a claim and an acknowledgement besides: the narrower of the two is the limit.
 */
import { mdcQueue, mmcQueue, type QueuePrediction } from './models/queueing.ts'
import { type Arrivals, type DatabaseId, writersOf } from './producer-consumer-choices.ts'

/** Sums over transactions: x rows, y milliseconds from having the write lock to the end of the commit. */
export interface TransactionSums {
  count: number
  rows: number
  ms: number
  rowsSquared: number
  msSquared: number
  product: number
  /** Of the consumers' cycles, from claiming a batch to having acknowledged it, instead of y; and of x × this. */
  cycleMs: number
  cycleProduct: number
}

export interface TransactionCost {
  /** Of a transaction whatever its size. */
  fixedMs: number
  /** Of each row. */
  rowMs: number
}

/** Least squares, neither part below 0. Where all transactions had one size the whole is attributed to the fixed part. */
export const transactionCost = (
  sums: Pick<TransactionSums, 'count' | 'rows' | 'ms' | 'rowsSquared' | 'product'>,
): TransactionCost | null => {
  const { count, rows, ms, rowsSquared, product } = sums
  if (count === 0) return null
  const mean = { rows: rows / count, ms: ms / count }
  const variance = rowsSquared / count - mean.rows ** 2
  // A spread below a hundredth of the mean says nothing about what a row costs.
  if (variance < (mean.rows * 0.01) ** 2 || count < 3) return { fixedMs: mean.ms, rowMs: 0 }
  const slope = (product / count - mean.rows * mean.ms) / variance
  const rowMs = Math.min(Math.max(0, slope), mean.ms / mean.rows)
  return { fixedMs: mean.ms - rowMs * mean.rows, rowMs }
}

/** Messages a second that so many do at once in batches of that size. */
export const limitPerSecond = (cost: TransactionCost, batchSize: number, atOnce: number): number =>
  (1_000 * atOnce * batchSize) / (cost.fixedMs + cost.rowMs * batchSize)

export interface FlowModel {
  /** 'M/D/1', 'M/M/3', … where waiting is predicted; 'limit' where only the stable limit is. */
  name: string
  /** Of one message, at the sizes of batches that there were. */
  serviceMs: number
  /** What database and consumers can take with full batches. */
  limitPerSecond: number
  stable: boolean
  /** How many messages may come at one moment, the queue being empty, without anybody being blocked or turned away. */
  burstAbsorbed: number
  /** Mean time in the queue, without being served. */
  waitMs: number | null
}

export interface FlowShape {
  arrivals: Arrivals
  ratePerSecond: number
  capacity: number
  batchSize: number
  consumers: number
  database: DatabaseId
  /** Whether messages being written still occupy their place: they do in a durable queue. */
  durableQueue: boolean
  /** Messages that were dropped or rejected. */
  turnedAway: number
}

/** A service time that varies less than this (squared coefficient of variation) is closer to constant than to exponential. */
const CONSTANT_BELOW = 0.5

/** Where a durable queue makes a consumer's cycle so many times as long as its transaction, the writers are not who serves. */
const CYCLE_BEYOND = 1.25

/** Where nothing was written, nothing but the burst is predicted. */
export const modelFlow = (shape: FlowShape, sums: TransactionSums): FlowModel => {
  const { arrivals, ratePerSecond, capacity, batchSize, consumers, database, durableQueue, turnedAway } = shape
  const burstAbsorbed = capacity + (durableQueue ? 0 : consumers * Math.min(batchSize, capacity))
  const cost = transactionCost(sums)
  if (cost === null || sums.rows === 0) {
    return { name: 'limit', serviceMs: 0, limitPerSecond: 0, stable: false, burstAbsorbed, waitMs: null }
  }
  const servers = writersOf(database, consumers)
  // What a full batch is was never seen where the queue is smaller, or where sizes never differed.
  const seen = sums.rows / sums.count
  const full = cost.rowMs > 0 ? Math.min(batchSize, capacity) : seen
  const cycle = transactionCost({ ...sums, ms: sums.cycleMs, product: sums.cycleProduct })
  const consumed = cycle && sums.cycleMs > 0 ? limitPerSecond(cycle, full, consumers) : Number.POSITIVE_INFINITY
  const limit = Math.min(limitPerSecond(cost, full, servers), consumed)
  const serviceMs = sums.ms / sums.rows
  const stable = ratePerSecond > 0 && ratePerSecond < limit
  const base = { serviceMs, limitPerSecond: limit, stable, burstAbsorbed }
  const oneByOne = arrivals === 'poisson' && ratePerSecond > 0 && batchSize === 1
  // The formulas know neither customers who leave nor service in several places.
  const writersServe = turnedAway === 0 && !(durableQueue && sums.cycleMs > CYCLE_BEYOND * sums.ms)
  if (!oneByOne || !writersServe) return { ...base, name: 'limit', waitMs: null }
  const variation = (sums.count * sums.msSquared) / sums.ms ** 2 - 1
  const constant = variation < CONSTANT_BELOW
  const predict: (parameters: Parameters<typeof mdcQueue>[0]) => QueuePrediction = constant ? mdcQueue : mmcQueue
  const { waitMs } = predict({ arrivalsPerSecond: ratePerSecond, serviceMs, servers })
  return { ...base, name: `M/${constant ? 'D' : 'M'}/${servers}`, waitMs }
}
