/**
 * A hand-over to threads: one SharedArrayBuffer with cursors, the order of execution, a word for each call's owner and for
 * its cancellation, and the serialised arguments. A worker claims the next call with one `Atomics.add` on a cursor; no
 * message is sent for a call. Arguments that hold shared memory can't be bytes: they come beside it, cloned by the message.
 *
 * Calls whose order matters are one run, with one cursor. Otherwise each block is a run: a worker takes runs that nobody has, so
 * that no two write to the same cache lines or deserialise the same block, and helps with those of others when there are no more.
 */
import type { Block } from './block.ts'

/** What goes to each worker; `memory` is shared, not copied. */
export interface SharedBatchHandout {
  batch: number
  count: number
  blocks: number
  /** Stretches of positions with a cursor each: the blocks, or 1. */
  runs: number
  flags: number
  memory: SharedArrayBuffer
  /** Instead of bytes, a block for each of `blocks`; null when all arguments are bytes. */
  cloned: readonly Block[] | null
}

/** The calls of this batch can be cancelled, so a worker hands over what others are waiting for before it starts one. */
export const CANCELLABLE = 1

/** Of `owner`: nobody has claimed it. A worker writes its number + 1, and the negative of that when the call has ended. */
export const UNCLAIMED = 0

/** Every claim writes to a cursor: nothing else may lie in its cache line. */
const CACHE_LINE = 64
const CURSOR_WORDS = CACHE_LINE / 4

/** Of `claim`: every call has been claimed. */
export const NONE = -1

/** v8 aligns two-byte strings to the beginning of their bytes, so that has to be aligned too. */
export const aligned = (offset: number): number => Math.ceil(offset / 8) * 8

export class SharedBatch {
  readonly handout: SharedBatchHandout
  /** Position → index in the caller's list. All other arrays go by position. */
  readonly order: Int32Array
  readonly owner: Int32Array
  readonly cancelled: Int32Array
  /** Position → block; and the block's first position. */
  readonly blockOf: Int32Array
  readonly blockStart: Int32Array
  readonly startedUs: Float64Array
  readonly blockBegin: Float64Array
  readonly blockEnd: Float64Array
  /** The next run that nobody has taken, and each run's next position; a cache line each. */
  readonly #cursors: Int32Array
  #run = NONE
  /** Every run is taken: from now on this worker goes through all of them for what is left. */
  #helping = false

  constructor(handout: SharedBatchHandout) {
    this.handout = handout
    const { memory, count, blocks, runs } = handout
    this.#cursors = new Int32Array(memory, 0, CURSOR_WORDS * (1 + runs))
    let offset = CACHE_LINE * (1 + runs)
    const next = (bytes: number): number => {
      offset += bytes
      return offset - bytes
    }
    this.startedUs = new Float64Array(memory, next(8 * count), count)
    this.blockBegin = new Float64Array(memory, next(8 * blocks), blocks)
    this.blockEnd = new Float64Array(memory, next(8 * blocks), blocks)
    this.order = new Int32Array(memory, next(4 * count), count)
    this.owner = new Int32Array(memory, next(4 * count), count)
    this.cancelled = new Int32Array(memory, next(4 * count), count)
    this.blockOf = new Int32Array(memory, next(4 * count), count)
    this.blockStart = new Int32Array(memory, next(4 * blocks), blocks)
  }

  /** Where the first block's bytes may begin. */
  static headerBytes(count: number, blocks: number, runs: number): number {
    return aligned(CACHE_LINE * (1 + runs) + 24 * count + 20 * blocks)
  }

  /** To be called once, by who lays out, when `blockStart` is filled. */
  beginRuns(): void {
    for (let run = 0; run < this.handout.runs; run++)
      this.#cursors[CURSOR_WORDS * (1 + run)] = this.blockStart[run] ?? 0
  }

  /** The position of a call that is now this worker's, or `NONE`. */
  claim(): number {
    while (this.#run < this.handout.runs) {
      if (this.#run !== NONE) {
        const position = Atomics.add(this.#cursors, CURSOR_WORDS * (1 + this.#run), 1)
        if (position < this.#endOf(this.#run)) return position
      }
      this.#run = this.#helping ? this.#run + 1 : this.#takeRun()
    }
    return NONE
  }

  #takeRun(): number {
    const run = Atomics.add(this.#cursors, 0, 1)
    if (run < this.handout.runs) return run
    this.#helping = true
    return 0
  }

  #endOf(run: number): number {
    return run + 1 < this.handout.runs ? (this.blockStart[run + 1] ?? 0) : this.handout.count
  }

  blockBytes(block: number): Uint8Array {
    const begin = this.blockBegin[block] ?? 0
    return new Uint8Array(this.handout.memory, begin, (this.blockEnd[block] ?? begin) - begin)
  }
}
