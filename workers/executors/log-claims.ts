/** A process's claims: a read of one record at the offset that all processes of the pool share (log-file.ts). */
import { readSync, writeSync } from 'node:fs'
import { type Block, decodeBlock } from './block.ts'
import type { Claim, Claims } from './claims.ts'
import {
  BATCH,
  BLOCK_LENGTH,
  BLOCK_OFFSET,
  CANCELLED,
  DATA_DESCRIPTOR,
  INDEX,
  IS_CANCELLABLE,
  LOG_DESCRIPTOR,
  OWN_OFFSET,
  PLACE,
  RECORD_BYTES,
  SLOT_BYTES,
} from './log-file.ts'
import { CANCEL_ALL } from './protocol.ts'

/** A look at the file is a system call: a loop that polls more often gets the last answer. */
const LOOK_EVERY_NS = 1_000_000n

export class LogClaims implements Claims<null> {
  readonly #record = new Float64Array(RECORD_BYTES / 8)
  readonly #slot = new Float64Array(SLOT_BYTES / 8)
  readonly #look = new Float64Array(RECORD_BYTES / 8)
  readonly #parent = process.ppid
  #block: Block | null = null
  #blockBatch = 0
  #blockOffset = 0

  add(): void {
    // The log itself is the news: there is nothing to remember.
  }

  next(worker: number, startedUs: number): Claim | null {
    const record = this.#record
    do {
      const read = readSync(LOG_DESCRIPTOR, record, 0, RECORD_BYTES, null)
      if (read === 0) return null
      if (read !== RECORD_BYTES) throw new Error(`half a record of work was read: ${read} of ${RECORD_BYTES} bytes`)
    } while (record[BATCH] === 0)
    const offset = record[OWN_OFFSET] ?? 0
    this.#slot[0] = offset + 1
    this.#slot[1] = startedUs
    // First the slot, then the look at the cancellation; the pool writes the cancellation, then looks at the slots.
    writeSync(DATA_DESCRIPTOR, this.#slot, 0, SLOT_BYTES, worker * SLOT_BYTES)
    const batch = record[BATCH] ?? 0
    const skipped = this.#cancellation(offset, batch) !== 0
    const index = record[INDEX] ?? 0
    const place = record[PLACE] ?? 0
    const cancellable = record[IS_CANCELLABLE] === 1
    const block = skipped
      ? { task: { module: '', name: '' }, args: [] }
      : this.#read(batch, record[BLOCK_OFFSET] ?? 0, record[BLOCK_LENGTH] ?? 0)
    let lookedNs = process.hrtime.bigint()
    let answer = skipped
    const cancelled = (): boolean => {
      const nowNs = process.hrtime.bigint()
      if (answer || nowNs - lookedNs < LOOK_EVERY_NS) return answer
      lookedNs = nowNs
      // A loop that doesn't yield can't hear that the channel closed; an orphan gets another parent.
      answer = this.#cancellation(offset, batch) === CANCEL_ALL || process.ppid !== this.#parent
      return answer
    }
    // An end is told with the result: another system call for each call would buy nothing.
    return {
      batch,
      index,
      task: block.task,
      args: block.args[place],
      skipped,
      cancellable,
      cancelled,
      ended: () => undefined,
    }
  }

  /** 0, or how it is cancelled. A record that is gone belongs to a batch whose calls have all been settled: it is too. */
  #cancellation(offset: number, batch: number): number {
    const read = readSync(LOG_DESCRIPTOR, this.#look, 0, RECORD_BYTES, offset)
    if (read !== RECORD_BYTES || this.#look[BATCH] !== batch) return CANCEL_ALL
    return this.#look[CANCELLED] ?? 0
  }

  #read(batch: number, offset: number, length: number): Block {
    if (this.#block && this.#blockBatch === batch && this.#blockOffset === offset) return this.#block
    const bytes = new Uint8Array(length)
    for (let read = 0; read < length; ) {
      const more = readSync(DATA_DESCRIPTOR, bytes, read, length - read, offset + read)
      if (more === 0) throw new Error('the arguments of a call are missing from the file')
      read += more
    }
    this.#block = decodeBlock(bytes)
    this.#blockBatch = batch
    this.#blockOffset = offset
    return this.#block
  }
}
