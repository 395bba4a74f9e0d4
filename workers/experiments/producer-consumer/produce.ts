/**
 * A producer: a load generator that keeps its schedule whatever the queue does (an open loop). Where it was blocked, what was due
 * meanwhile is made at once afterwards, with the moment at which it was due, so that being blocked counts as latency.
 */
import type { Overflow } from '#lib/experiments/producer-consumer-choices.ts'
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import type { SpanRecorder } from '../../threads/span-recorder.ts'
import { keyOf, MESSAGE_WORDS, scheduledAt, writeMessage } from './message.ts'
import type { QueueInput } from './party.ts'
import { PRODUCED, type ProducerMemory } from './producer-memory.ts'
import { BLOCKED, PUT } from './span-labels.ts'

/** Made and put in at once at most. */
const CHUNK = 256
/** How long a call waits for room, or a sleep for its moment, before it looks around. */
const PATIENCE_MS = 50
/** Tries to drop the oldest where all messages are in work, before the newest is dropped instead. */
const TRIES = 3

export interface Production {
  producer: number
  messages: number
  /** The flow's beginning on the run's clock. */
  startUs: number
  overflow: Overflow
  queue: QueueInput
  memory: ProducerMemory
  spans: SpanRecorder
  nowUs: () => number
  cancellation: Cancellation
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

/** Returns when all its messages were put in or turned away, or when it was cancelled. */
export const produce = async (production: Production): Promise<void> => {
  const { producer, messages, startUs, overflow, queue, memory, spans, nowUs, cancellation } = production
  const { counts, schedule } = memory
  const batch = new Int32Array(MESSAGE_WORDS * CHUNK)
  const add = (name: keyof typeof PRODUCED, amount: number): void => {
    counts[PRODUCED[name]] = (counts[PRODUCED[name]] ?? 0) + amount
  }
  const raise = (name: keyof typeof PRODUCED, value: number): void => {
    if (value > (counts[PRODUCED[name]] ?? 0)) counts[PRODUCED[name]] = value
  }

  const sleepUntil = (us: number): void => {
    for (let left = us - nowUs(); left > 0 && !cancellation.cancelled; left = us - nowUs()) {
      Atomics.wait(nobodyWakes, 0, 0, Math.min(left / 1000, PATIENCE_MS))
    }
  }

  /** Waits until something is due and makes all that is. Returns how many. */
  const make = (first: number): number => {
    const limit = Math.min(CHUNK, messages - first)
    if (schedule.length === 0) {
      // No schedule: a message is due when its producer is ready to make it.
      sleepUntil(startUs)
      const now = nowUs()
      for (let i = 0; i < limit; i++) writeMessage(batch, i, keyOf(producer, first + i), now)
      return limit
    }
    const dueUs = startUs + (schedule[first] ?? 0)
    const slept = nowUs() < dueUs
    sleepUntil(dueUs)
    const now = nowUs()
    if (slept) raise('latestUs', now - dueUs)
    let made = 0
    for (; made < limit; made++) {
      const scheduledUs = startUs + (schedule[first + made] ?? 0)
      if (scheduledUs > now) break
      writeMessage(batch, made, keyOf(producer, first + made), scheduledUs)
    }
    return made
  }

  const turnAway = (how: 'dropped' | 'rejected', from: number, made: number): number => {
    const now = nowUs()
    for (let i = from; i < made; i++) add('turnedAwayUs', now - scheduledAt(batch, i))
    add(how, made - from)
    return made
  }

  const block = async (from: number, made: number): Promise<number> => {
    const sinceUs = nowUs()
    counts[PRODUCED.blockedSinceUs] = sinceUs
    let went = from
    while (went < made && !cancellation.cancelled) {
      const entered = await queue.offerWaiting(batch, went, made - went, PATIENCE_MS)
      add('entered', entered)
      went += entered
    }
    const untilUs = nowUs()
    counts[PRODUCED.blockedSinceUs] = 0
    add('blockedUs', untilUs - sinceUs)
    spans.record(BLOCKED, sinceUs, untilUs)
    return went
  }

  const replaceOldest = async (from: number, made: number): Promise<number> => {
    let went = from
    for (let tries = 0; went < made && !cancellation.cancelled; ) {
      // Consumers may have made room meanwhile: nothing is dropped for a message that has a place.
      const entered = await queue.offer(batch, went, made - went)
      add('entered', entered)
      went += entered
      if (went === made) break
      const { dropped, sojournUs } = await queue.dropOldest(made - went, nowUs)
      add('dropped', dropped)
      add('droppedOldest', dropped)
      add('turnedAwayUs', sojournUs)
      tries = entered + dropped > 0 ? 0 : tries + 1
      if (tries < TRIES) continue
      return turnAway('dropped', went, made)
    }
    return went
  }

  for (let first = 0; first < messages && !cancellation.cancelled; ) {
    const made = make(first)
    if (made === 0) continue
    const fromUs = nowUs()
    add('made', made)
    let went = await queue.offer(batch, 0, made)
    add('entered', went)
    spans.record(PUT, fromUs, nowUs())
    if (went < made) {
      // It was full: nothing else keeps a message out.
      raise('deepest', queue.depth())
      if (overflow === 'block') went = await block(went, made)
      else if (overflow === 'drop-oldest') went = await replaceOldest(went, made)
      else {
        went = turnAway(overflow === 'reject' ? 'rejected' : 'dropped', went, made)
      }
    }
    raise('deepest', queue.depth())
    first += made
  }
}
