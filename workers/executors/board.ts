/**
 * Where a pool lays out work for its workers to claim, and looks up who claimed what. For threads it is shared memory
 * (shared-board.ts), for processes a shared file (file-board.ts); the pool doesn't know which.
 */
import type { EncodedBlock, SharedMemoryPolicy } from './hand-over.ts'
import type { Cancellation, EntryId } from './protocol.ts'

export interface Layout {
  batch: number
  /** Position → index in the batch. */
  order: readonly number[]
  blocks: readonly EncodedBlock[]
  /** Whoever claims gets the first that is left; else calls that lie together may be left to one worker while there are others. */
  inOrder: boolean
  cancellable: boolean
}

export interface Claimed extends EntryId {
  worker: number
  /** Microseconds on the run's clock. */
  startedUs: number
}

export interface Board<Handout> extends Disposable {
  readonly sharedMemory: SharedMemoryPolicy
  /** The number of the latest sheet laid out; a worker is told up to which it has heard. */
  readonly latest: number
  layOut(layout: Layout): void
  /** What a worker that has heard up to `told` needs to know. */
  handout(told: number): Handout
  /** Marks one call of a batch (null: all). Returns those that a worker has claimed: the others will never run. */
  cancel(batch: number, index: number | null, how: Cancellation): Claimed[]
  /** What workers from `first` to below `end` had claimed last; may have ended since. */
  claimedBy(first: number, end: number): Claimed[]
  /** A worker ended; its place is taken by another with the same numbers. */
  forget(first: number, end: number): void
  /** Lays calls out again whose worker died before it could tell anything about them. */
  layOutAgain(batch: number, indices: readonly number[]): void
  /** No call of this batch is open any more. */
  release(batch: number): void
}
