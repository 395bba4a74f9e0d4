/**
 * What a producer tells while it works, and the schedule that it keeps: shared memory, written by the producer's thread alone. Read
 * without atomics, as the consumers' counts are (consumer-memory.ts).
 */
import { createSpanMemory, type SpanMemory } from '../../threads/span-recorder.ts'

export const PRODUCED = {
  /** Messages that were made. */
  made: 0,
  /** Of these, the ones that are in the queue. */
  entered: 1,
  dropped: 2,
  rejected: 3,
  blockedUs: 4,
  /** Since when it has been blocked; 0 while it is not. */
  blockedSinceUs: 5,
  deepest: 6,
  /** How late a message was made although nothing blocked: the load generator's own lateness. */
  latestUs: 7,
  /** Of those dropped, the ones that were taken out again to make room. */
  droppedOldest: 8,
  /** How long those dropped and rejected had been in the system, at the door or in the queue, together. */
  turnedAwayUs: 9,
} as const

export interface ProducerMemory {
  readonly counts: Float64Array
  /** When each message is due, microseconds from the flow's start; empty where there is no schedule. */
  readonly schedule: Float64Array
  readonly spans: SpanMemory
}

export const createProducerMemory = (scheduled: number, spanCapacity: number): ProducerMemory => ({
  counts: new Float64Array(new SharedArrayBuffer(8 * 10)),
  schedule: new Float64Array(new SharedArrayBuffer(8 * scheduled)),
  spans: createSpanMemory(spanCapacity),
})

export const madeIn = ({ counts }: Pick<ProducerMemory, 'counts'>, name: keyof typeof PRODUCED): number =>
  counts[PRODUCED[name]] ?? 0
