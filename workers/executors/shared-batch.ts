/**
 * A hand-over to threads: one SharedArrayBuffer with a cursor, the order of execution, a word for each call's owner and for
 * its cancellation, and the serialised arguments. A worker claims the next call with one `Atomics.add` on the cursor; no
 * message is sent for a call. Arguments that hold shared memory can't be bytes: they come beside it, cloned by the message.
 */
import type { Block } from './block.ts'

/** What goes to each worker; `memory` is shared, not copied. */
export interface SharedBatchHandout {
  batch: number
  count: number
  blocks: number
  flags: number
  memory: SharedArrayBuffer
  /** Instead of bytes, a block for each of `blocks`; null when all arguments are bytes. */
  cloned: readonly Block[] | null
}

/** The calls of this batch can be cancelled, so a worker hands over what others are waiting for before it starts one. */
export const CANCELLABLE = 1

/** Of `owner`: nobody has claimed it. A worker writes its number + 1, and the negative of that when the call has ended. */
export const UNCLAIMED = 0

/** Every claim writes to the cursor: nothing else may lie in its cache line. */
const CACHE_LINE = 64

/** v8 aligns two-byte strings to the beginning of their bytes, so that has to be aligned too. */
export const aligned = (offset: number): number => Math.ceil(offset / 8) * 8

export class SharedBatch {
  readonly handout: SharedBatchHandout
  readonly cursor: Int32Array
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

  constructor(handout: SharedBatchHandout) {
    this.handout = handout
    const { memory, count, blocks } = handout
    this.cursor = new Int32Array(memory, 0, 1)
    let offset = CACHE_LINE
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
  static headerBytes(count: number, blocks: number): number {
    return aligned(CACHE_LINE + 24 * count + 20 * blocks)
  }

  blockBytes(block: number): Uint8Array {
    const begin = this.blockBegin[block] ?? 0
    return new Uint8Array(this.handout.memory, begin, (this.blockEnd[block] ?? begin) - begin)
  }
}
