/** The board of a thread pool: each hand-over a SharedArrayBuffer with cursors of its own (shared-batch.ts). */
import { decodeBlock } from './block.ts'
import type { Board, Claimed, Layout } from './board.ts'
import type { EncodedBlock } from './hand-over.ts'
import { handOver } from './hand-over.ts'
import { CANCEL_ALL, type Cancellation } from './protocol.ts'
import { aligned, CANCELLABLE, SharedBatch, type SharedBatchHandout } from './shared-batch.ts'

const layOutSharedBatch = (layout: Layout): SharedBatch => {
  const { order, blocks } = layout
  const runs = layout.inOrder ? 1 : blocks.length
  let end = SharedBatch.headerBytes(order.length, blocks.length, runs)
  const begins = blocks.map((block) => {
    const begin = end
    end = aligned(begin + (block.bytes?.byteLength ?? 0))
    return begin
  })
  const memory = new SharedArrayBuffer(end)
  const hasClones = blocks.some((block) => block.cloned !== null)
  const shared = new SharedBatch({
    batch: layout.batch,
    count: order.length,
    blocks: blocks.length,
    runs,
    flags: layout.cancellable ? CANCELLABLE : 0,
    memory,
    cloned: hasClones
      ? blocks.map((block) => block.cloned ?? (block.bytes ? decodeBlock(block.bytes) : NOTHING))
      : null,
  })
  shared.order.set(order)
  let position = 0
  for (const [number, block] of blocks.entries()) {
    const begin = begins[number] ?? 0
    shared.blockStart[number] = position
    shared.blockBegin[number] = begin
    shared.blockEnd[number] = begin + (block.bytes?.byteLength ?? 0)
    shared.blockOf.fill(number, position, position + block.count)
    if (block.bytes) new Uint8Array(memory, begin).set(block.bytes)
    position += block.count
  }
  shared.beginRuns()
  return shared
}

const NOTHING = { task: { module: '', name: '' }, args: [] }

export class SharedBoard implements Board<SharedBatchHandout[]> {
  readonly sharedMemory = 'clone'
  #latest = 0
  /** By sheet number, ascending, since they are laid out in that order. */
  readonly #sheets = new Map<number, SharedBatch>()
  readonly #sheetsOfBatch = new Map<number, number[]>()

  get latest(): number {
    return this.#latest
  }

  layOut(layout: Layout): void {
    this.#latest++
    this.#sheets.set(this.#latest, layOutSharedBatch(layout))
    const sheets = this.#sheetsOfBatch.get(layout.batch)
    if (sheets) sheets.push(this.#latest)
    else this.#sheetsOfBatch.set(layout.batch, [this.#latest])
  }

  handout(told: number): SharedBatchHandout[] {
    const news: SharedBatchHandout[] = []
    const [oldest = this.#latest + 1] = this.#sheets.keys()
    for (let number = Math.max(told + 1, oldest); number <= this.#latest; number++) {
      const sheet = this.#sheets.get(number)
      if (sheet) news.push(sheet.handout)
    }
    return news
  }

  cancel(batch: number, index: number | null, how: Cancellation): Claimed[] {
    const claimed: Claimed[] = []
    for (const sheet of this.#sheetsOf(batch)) {
      if (index === null) {
        // Only this side writes these words, so the stronger of two marks stays.
        for (let position = 0; position < sheet.order.length; position++) mark(sheet, position, how)
        collect(sheet, claimed, () => true)
        continue
      }
      const position = sheet.order.indexOf(index)
      if (position < 0) continue
      mark(sheet, position, how)
      const owner = Atomics.load(sheet.owner, position)
      if (owner !== 0) claimed.push(claimOf(sheet, position, owner))
    }
    return claimed
  }

  claimedBy(first: number, end: number): Claimed[] {
    const claimed: Claimed[] = []
    // An owner below 0 has ended: it only could not tell its result.
    for (const sheet of this.#sheets.values()) collect(sheet, claimed, (owner) => owner > first && owner <= end)
    return claimed
  }

  forget(): void {
    // Owners of a dead worker are settled or laid out again by the pool; new sheets know nothing of them.
  }

  layOutAgain(batch: number, indices: readonly number[]): void {
    const wanted = new Set(indices)
    for (const sheet of [...this.#sheetsOf(batch)]) {
      for (const [position, index] of sheet.order.entries()) {
        if (!wanted.delete(index)) continue
        const number = sheet.blockOf[position] ?? 0
        const block = sheet.handout.cloned?.[number] ?? decodeBlock(sheet.blockBytes(number))
        const args = block.args[position - (sheet.blockStart[number] ?? 0)]
        const { blocks } = handOver(block.task, [args], this.sharedMemory) satisfies { blocks: EncodedBlock[] }
        this.layOut({
          batch,
          order: [index],
          blocks,
          inOrder: true,
          cancellable: (sheet.handout.flags & CANCELLABLE) !== 0,
        })
      }
    }
  }

  release(batch: number): void {
    for (const number of this.#sheetsOfBatch.get(batch) ?? []) this.#sheets.delete(number)
    this.#sheetsOfBatch.delete(batch)
  }

  [Symbol.dispose](): void {
    this.#sheets.clear()
    this.#sheetsOfBatch.clear()
  }

  /** The latest first: there a call that was laid out again is claimed. */
  #sheetsOf(batch: number): SharedBatch[] {
    const numbers = this.#sheetsOfBatch.get(batch) ?? []
    return numbers.flatMap((number) => this.#sheets.get(number) ?? []).reverse()
  }
}

const mark = (sheet: SharedBatch, position: number, how: Cancellation): void => {
  if (sheet.cancelled[position] !== CANCEL_ALL) Atomics.store(sheet.cancelled, position, how)
}

const collect = (sheet: SharedBatch, into: Claimed[], wanted: (owner: number) => boolean): void => {
  for (let position = 0; position < sheet.owner.length; position++) {
    const owner = Atomics.load(sheet.owner, position)
    if (owner !== 0 && wanted(owner)) into.push(claimOf(sheet, position, owner))
  }
}

const claimOf = (sheet: SharedBatch, position: number, owner: number): Claimed => ({
  batch: sheet.handout.batch,
  index: sheet.order[position] ?? position,
  worker: Math.abs(owner) - 1,
  startedUs: sheet.startedUs[position] ?? 0,
})
