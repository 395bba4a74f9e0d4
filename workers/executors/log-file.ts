/**
 * A hand-over to processes, which share no memory: two files without a name, inherited as descriptors. The log has a record for
 * each call, in the order of execution. All processes inherit one *open file description*, so they share its offset, and a read
 * of one record is an atomic claim (POSIX, "Thread Interactions with Regular File Operations"): the processes' counterpart of
 * an atomic add on a cursor, without a message for a call. The other file has the blocks of arguments, and a slot for each
 * worker in which it says what it is about to execute.
 */
import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a worker process finds them among its descriptors. */
export const LOG_DESCRIPTOR = 4
export const DATA_DESCRIPTOR = 5

/**
 * Eight doubles: batch (0: a hole, to be passed over), index, where the block is and how long, the call's place in it, whether
 * it can be cancelled, whether it is, and the record's own offset. A power of two, so that no record crosses a page and a
 * reader at the end of a growing file never sees half of one.
 */
export const RECORD_BYTES = 64
export const BATCH = 0
export const INDEX = 1
export const BLOCK_OFFSET = 2
export const BLOCK_LENGTH = 3
export const PLACE = 4
export const IS_CANCELLABLE = 5
export const CANCELLED = 6
export const OWN_OFFSET = 7

/** Two doubles a worker: its record's offset + 1, and when it began. */
export const SLOT_BYTES = 16
/** Blocks begin here. */
export const DATA_START = 4096
export const MAX_SLOTS = DATA_START / SLOT_BYTES

/** An open file that has no name any more: nothing is left of it when the last process that holds it ends, however it ends. */
export class NamelessFile implements Disposable {
  readonly descriptor: number

  constructor(purpose: string) {
    const path = join(tmpdir(), `interleave-${purpose}-${process.pid}-${crypto.randomUUID()}`)
    this.descriptor = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
  }

  write(bytes: Uint8Array, position: number): void {
    for (let written = 0; written < bytes.byteLength; ) {
      written += writeSync(this.descriptor, bytes, written, bytes.byteLength - written, position + written)
    }
  }

  truncate(length: number): void {
    ftruncateSync(this.descriptor, length)
  }

  [Symbol.dispose](): void {
    closeSync(this.descriptor)
  }
}
