/**
 * What a consumer tells while it works, in preallocated memory: shared with a thread, so that it costs the thread nothing and is
 * there after the thread was killed; of a process a copy that its messages bring up to date.
 *
 * Memory: `counts`, float64, one slot a figure below. They are written by one thread and read by another without atomics: an aligned
 * float64 is written whole on every machine that Node runs on, and a figure that is a moment old is good enough for a chart; the
 * last figures are read after the thread's end. `state` is int32 with atomics. `hand` holds the batch in work.
 */
import { LOG_BUCKETS } from '#lib/statistics/log-histogram.ts'
import { createSpanMemory, type SpanMemory } from '../../threads/span-recorder.ts'
import { MESSAGE_WORDS } from './message.ts'

export const COUNT = {
  taken: 0,
  committed: 1,
  acknowledged: 2,
  redelivered: 3,
  alreadyWritten: 4,
  damaged: 5,
  outOfOrder: 6,
  transactions: 7,
  rows: 8,
  busyMs: 9,
  rowsSquared: 10,
  busyMsSquared: 11,
  product: 12,
  latencyUs: 13,
  latencies: 14,
  largestUs: 15,
  waitUs: 16,
  lastCommitUs: 17,
  cycleMs: 18,
  cycleProduct: 19,
  leavingUs: 20,
} as const
export const COUNTS = 21

/** state[ORDER]: what main asks for. state[AT]: where the consumer is. */
export const ORDER = 0
export const AT = 1
export const ORDERS = { none: 0, 'mid-batch': 1, 'after-commit': 2 } as const
/** HOLDING: what is in its hand is not committed yet. STOPPED: at the moment asked for, waiting to be killed. */
export const WHERE = { elsewhere: 0, holding: 1, stopped: 2 } as const

/** Messages followed to their commit: key, scheduled, committed. */
export const SAMPLE_FIELDS = 3

export interface ConsumerMemory {
  readonly counts: Float64Array
  readonly state: Int32Array
  readonly histogram: Uint32Array
  readonly hand: Int32Array
  /** [0] how many samples; then the samples. */
  readonly samples: Float64Array
  readonly spans: SpanMemory
}

export const createConsumerMemory = (batchSize: number, samples: number, spanCapacity: number): ConsumerMemory => ({
  counts: new Float64Array(new SharedArrayBuffer(8 * COUNTS)),
  state: new Int32Array(new SharedArrayBuffer(8)),
  histogram: new Uint32Array(new SharedArrayBuffer(4 * LOG_BUCKETS)),
  hand: new Int32Array(new SharedArrayBuffer(4 * MESSAGE_WORDS * batchSize)),
  samples: new Float64Array(new SharedArrayBuffer(8 * (1 + SAMPLE_FIELDS * samples))),
  spans: createSpanMemory(spanCapacity),
})

export const countIn = ({ counts }: Pick<ConsumerMemory, 'counts'>, name: keyof typeof COUNT): number =>
  counts[COUNT[name]] ?? 0
