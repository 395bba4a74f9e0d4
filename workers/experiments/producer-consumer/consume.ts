/**
 * A consumer: takes a batch, writes it in one transaction, acknowledges it. Everything that can be told about its work it writes into
 * its memory at once, because it may be killed at any moment; at two moments it stops when it was asked to, to be killed there.
 */
import { logBucketOf } from '#lib/statistics/log-histogram.ts'
import { SpanRecorder } from '../../threads/span-recorder.ts'
import { AT, COUNT, type ConsumerMemory, ORDER, ORDERS, SAMPLE_FIELDS, WHERE } from './consumer-memory.ts'
import { isIntact, keyAt, producerOf, scheduledAt, sequenceOf } from './message.ts'
import type { ConsumerSettings, MessageDatabase, QueueOutput } from './party.ts'
import { ACKNOWLEDGE, COMMIT, IDLE, WAITING } from './span-labels.ts'
import { sleepMs } from './sqlite-writer.ts'

/** An emulated latency is slept in pieces, so that a cancelled run doesn't wait for it. */
const PIECE_MS = 20
/** How long one that shall be killed in the middle of a batch waits for a batch. */
const KILL_IDLE_US = 1_000_000

export interface Consumption {
  settings: ConsumerSettings
  queue: QueueOutput
  database: MessageDatabase
  memory: ConsumerMemory
  nowUs: () => number
  cancelled: () => boolean
  /** Where the consumer lets its event loop have a turn, if it has one to look after. */
  breathe: () => Promise<void> | null
  /** Called at the moment where it was asked to stop; doesn't return before it is killed. */
  stop: () => Promise<void>
}

/** Returns when the queue is closed and empty, or when cancelled. Throws PartyFailure. */
export const consume = async (consumption: Consumption): Promise<void> => {
  const { settings, queue, database, memory, nowUs, cancelled, breathe, stop } = consumption
  const { batchSize, writeLatencyMs, sampleEvery } = settings
  const { counts, state, histogram, hand, samples } = memory
  const spans = new SpanRecorder(memory.spans)
  const lastSequence = new Int32Array(8).fill(-1)
  const sampleLimit = (samples.length - 1) / SAMPLE_FIELDS

  const add = (name: keyof typeof COUNT, amount: number): void => {
    counts[COUNT[name]] = (counts[COUNT[name]] ?? 0) + amount
  }

  /** Nothing is written yet: what was changed on the way, or came out of order, is counted. */
  const inspect = (count: number, redelivered: number): void => {
    for (let i = 0; i < count; i++) {
      if (!isIntact(hand, i)) add('damaged', 1)
      const producer = producerOf(keyAt(hand, i))
      const sequence = sequenceOf(keyAt(hand, i))
      if (redelivered === 0 && sequence <= (lastSequence[producer] ?? -1)) add('outOfOrder', 1)
      lastSequence[producer] = sequence
    }
  }

  const measure = (index: number, beganUs: number, committedUs: number): void => {
    const scheduledUs = scheduledAt(hand, index)
    const latencyUs = Math.max(0, committedUs - scheduledUs)
    const bucket = logBucketOf(latencyUs)
    histogram[bucket] = (histogram[bucket] ?? 0) + 1
    add('latencyUs', latencyUs)
    add('latencies', 1)
    add('waitUs', Math.max(0, beganUs - scheduledUs))
    if (latencyUs > (counts[COUNT.largestUs] ?? 0)) counts[COUNT.largestUs] = latencyUs
    if (sequenceOf(keyAt(hand, index)) % sampleEvery !== 0) return
    const sampled = samples[0] ?? 0
    if (sampled >= sampleLimit) return
    const at = 1 + SAMPLE_FIELDS * sampled
    samples[at] = keyAt(hand, index)
    samples[at + 1] = scheduledUs
    samples[at + 2] = committedUs
    samples[0] = sampled + 1
  }

  const account = (count: number, fresh: Uint8Array | null, beganUs: number, committedUs: number): void => {
    const busyMs = (committedUs - beganUs) / 1000
    add('transactions', 1)
    add('rows', count)
    add('busyMs', busyMs)
    add('rowsSquared', count * count)
    add('busyMsSquared', busyMs * busyMs)
    add('product', count * busyMs)
    for (let i = 0; i < count; i++) if (fresh === null || fresh[i] === 1) measure(i, beganUs, committedUs)
    counts[COUNT.lastCommitUs] = committedUs
    add('committed', count)
  }

  let idleSinceUs = nowUs()
  while (!cancelled()) {
    const askedUs = nowUs()
    const taken = await queue.take(hand, batchSize)
    if (taken === null) return
    const { count, redelivered } = taken
    if (count === 0) {
      await breathe()
      // Nothing comes any more, so the moment asked for won't either.
      if (Atomics.load(state, ORDER) !== ORDERS.none && nowUs() - idleSinceUs > KILL_IDLE_US) await stop()
      continue
    }
    Atomics.store(state, AT, WHERE.holding)
    add('taken', count)
    add('redelivered', redelivered)
    const takenUs = nowUs()
    spans.record(IDLE, idleSinceUs, takenUs)
    inspect(count, redelivered)
    // With the batch in hand, so that what is told then tells that it is.
    const turn = breathe()
    if (turn) await turn
    await database.begin()
    const beganUs = nowUs()
    spans.record(WAITING, takenUs, beganUs)
    const order = Atomics.load(state, ORDER)
    if (order === ORDERS['mid-batch']) {
      await database.insert(hand, 0, Math.ceil(count / 2))
      await stop()
    }
    const already = count - (await database.insert(hand, 0, count))
    // Whose lease ran out may find written what it was the first to take.
    const fresh = already > 0 ? await database.inserted(hand, count) : null
    add('alreadyWritten', already)
    for (let slept = 0; slept < writeLatencyMs && !cancelled(); slept += PIECE_MS) {
      sleepMs(Math.min(PIECE_MS, writeLatencyMs - slept))
    }
    await database.commit()
    const committedUs = nowUs()
    account(count, fresh, beganUs, committedUs)
    spans.record(COMMIT, beganUs, committedUs)
    if (order === ORDERS['after-commit']) await stop()
    await queue.acknowledge()
    add('acknowledged', count)
    Atomics.store(state, AT, WHERE.elsewhere)
    idleSinceUs = nowUs()
    // A durable queue's claim is a transaction, too; from memory, `take` only waits.
    const cycleMs = (idleSinceUs - (settings.places.queue.kind === 'memory' ? takenUs : askedUs)) / 1000
    add('cycleMs', cycleMs)
    add('cycleProduct', count * cycleMs)
    if (settings.places.queue.kind === 'memory') continue
    spans.record(ACKNOWLEDGE, committedUs, idleSinceUs)
    // Until then a durable queue counts them among its own.
    add('leavingUs', count * (idleSinceUs - committedUs))
  }
}
