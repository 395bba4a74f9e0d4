/** The board of a process pool: records in a log whose offset the processes share, and blocks beside it (log-file.ts). */
import { readSync } from 'node:fs'
import type { Board, Claimed, Layout } from './board.ts'
import {
  BATCH,
  BLOCK_LENGTH,
  BLOCK_OFFSET,
  CANCELLED,
  DATA_START,
  INDEX,
  IS_CANCELLABLE,
  NamelessFile,
  OWN_OFFSET,
  PLACE,
  RECORD_BYTES,
  SLOT_BYTES,
} from './log-file.ts'
import { CANCEL_ALL, type Cancellation } from './protocol.ts'

const COLUMNS = RECORD_BYTES / 8
/** Files longer than this are emptied when no call is open. */
const KEPT_BYTES = 1_048_576

/** Records that were laid out together, as they stand in the log from `offset` on. */
interface Sheet {
  offset: number
  records: Float64Array
}

export class FileBoard implements Board<null> {
  readonly sharedMemory = 'refuse'
  readonly log = new NamelessFile('log')
  readonly data = new NamelessFile('data')
  #latest = 0
  #logEnd = 0
  #logBegin = 0
  #dataEnd = DATA_START
  readonly #workers: number
  readonly #sheetsOfBatch = new Map<number, Sheet[]>()

  constructor(workers: number) {
    this.#workers = workers
    this.data.write(new Uint8Array(DATA_START), 0)
  }

  get latest(): number {
    return this.#latest
  }

  layOut(layout: Layout): void {
    const records = new Float64Array(layout.order.length * COLUMNS)
    let position = 0
    for (const block of layout.blocks) {
      if (!block.bytes) throw new Error('only bytes can be laid out for processes')
      this.data.write(block.bytes, this.#dataEnd)
      for (let place = 0; place < block.count; place++, position++) {
        const at = position * COLUMNS
        records[at + BATCH] = layout.batch
        records[at + INDEX] = layout.order[position] ?? 0
        records[at + BLOCK_OFFSET] = this.#dataEnd
        records[at + BLOCK_LENGTH] = block.bytes.byteLength
        records[at + PLACE] = place
        records[at + IS_CANCELLABLE] = layout.cancellable ? 1 : 0
      }
      this.#dataEnd += block.bytes.byteLength
    }
    this.#append(layout.batch, records)
  }

  /** The blocks are written before the records that name them: a process may claim as soon as a record is there. */
  #append(batch: number, records: Float64Array): void {
    const offset = this.#logEnd
    for (let at = 0; at < records.length; at += COLUMNS) records[at + OWN_OFFSET] = offset + 8 * at
    const sheets = this.#sheetsOfBatch.get(batch)
    if (sheets) sheets.push({ offset, records })
    else this.#sheetsOfBatch.set(batch, [{ offset, records }])
    this.#logEnd += records.byteLength
    this.#latest++
    this.log.write(new Uint8Array(records.buffer), offset)
  }

  handout(): null {
    return null
  }

  cancel(batch: number, index: number | null, how: Cancellation): Claimed[] {
    for (const { offset, records } of this.#sheetsOfBatch.get(batch) ?? []) {
      for (let at = 0; at < records.length; at += COLUMNS) {
        if (index !== null && records[at + INDEX] !== index) continue
        if (records[at + CANCELLED] !== CANCEL_ALL) records[at + CANCELLED] = how
        if (index !== null) {
          this.log.write(new Uint8Array(records.buffer, 8 * (at + CANCELLED), 8), offset + 8 * (at + CANCELLED))
        }
      }
      if (index === null) this.log.write(new Uint8Array(records.buffer), offset)
    }
    return this.claimedBy(0, this.#workers).filter(
      (claim) => claim.batch === batch && (index ?? claim.index) === claim.index,
    )
  }

  claimedBy(first: number, end: number): Claimed[] {
    const slots = new Float64Array(((end - first) * SLOT_BYTES) / 8)
    readSync(this.data.descriptor, slots, 0, slots.byteLength, first * SLOT_BYTES)
    const claimed: Claimed[] = []
    for (let worker = first; worker < end; worker++) {
      const at = (worker - first) * 2
      const offset = (slots[at] ?? 0) - 1
      const found = offset < 0 ? null : this.#find(offset)
      if (found) claimed.push({ ...found, worker, startedUs: slots[at + 1] ?? 0 })
    }
    return claimed
  }

  #find(recordOffset: number): { batch: number; index: number } | null {
    for (const [batch, sheets] of this.#sheetsOfBatch) {
      for (const { offset, records } of sheets) {
        const at = (recordOffset - offset) / 8
        if (at >= 0 && at < records.length) return { batch, index: records[at + INDEX] ?? 0 }
      }
    }
    return null
  }

  forget(first: number, end: number): void {
    this.data.write(new Uint8Array((end - first) * SLOT_BYTES), first * SLOT_BYTES)
  }

  layOutAgain(batch: number, indices: readonly number[]): void {
    const wanted = new Set(indices)
    for (const { records } of [...(this.#sheetsOfBatch.get(batch) ?? [])].reverse()) {
      for (let at = 0; at < records.length; at += COLUMNS) {
        if (wanted.delete(records[at + INDEX] ?? -1)) this.#append(batch, records.slice(at, at + COLUMNS))
      }
    }
  }

  release(batch: number): void {
    this.#sheetsOfBatch.delete(batch)
    if (this.#sheetsOfBatch.size > 0) return
    if (this.#dataEnd > KEPT_BYTES) {
      this.data.truncate(DATA_START)
      this.#dataEnd = DATA_START
    }
    if (this.#logEnd - this.#logBegin > KEPT_BYTES) {
      // The shared offset can't be set back: the log goes on behind a hole, which takes no space.
      this.log.truncate(0)
      this.#logBegin = this.#logEnd
    }
  }

  [Symbol.dispose](): void {
    this.log[Symbol.dispose]()
    this.data[Symbol.dispose]()
  }
}
