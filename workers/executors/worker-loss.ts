/** What becomes of calls whose workers are gone: each gets an outcome or is laid out again, and nobody waits for ever. */
import type { Batch } from './batch.ts'
import type { Board } from './board.ts'
import type { Place } from './crew.ts'
import type { OpenBatches } from './open-batches.ts'
import { settleWithoutRun } from './outcomes.ts'
import type { RemoteError } from './protocol.ts'
import { CANCELLED, workerDied, workersCannotStart } from './task-errors.ts'

interface WorkerLossOptions {
  board: Board<unknown>
  batches: OpenBatches
  nowUs: () => number
}

export class WorkerLoss {
  readonly #board: Board<unknown>
  readonly #batches: OpenBatches
  readonly #nowUs: () => number

  constructor({ board, batches, nowUs }: WorkerLossOptions) {
    this.#board = board
    this.#batches = batches
    this.#nowUs = nowUs
  }

  /** What a worker had in execution has failed, or was being cancelled. */
  died(place: Place, reason: string, cause: RemoteError | null): void {
    const touched = new Set<Batch>()
    for (const { batch: id, index, startedUs } of this.#board.claimedBy(place.first, place.end)) {
      const batch = this.#batches.byId.get(id)
      if (!batch?.isOpen(index)) continue
      const error = batch.isCancelRequested(index) ? CANCELLED : workerDied(place.stopping, reason, cause)
      settleWithoutRun(batch, index, error, {
        lane: place.lane,
        worker: place.first,
        startedUs,
        finishedUs: this.#nowUs(),
      })
      touched.add(batch)
    }
    for (const batch of touched) this.#batches.afterOutcomes(batch)
  }

  /** No worker has the open calls in hand: their results died with one. */
  layOutLost(): void {
    for (const batch of this.#batches.all()) {
      const open = batch.openIndices()
      for (const index of open) if (batch.isCancelRequested(index)) settleWithoutRun(batch, index, CANCELLED)
      this.#batches.afterOutcomes(batch)
      const again = open.filter((index) => batch.isOpen(index))
      if (again.length > 0) this.#board.layOutAgain(batch.id, again)
    }
  }

  /** Workers can't be started at all. */
  giveUp(reason: string): void {
    for (const batch of this.#batches.all()) {
      for (const index of batch.openIndices()) settleWithoutRun(batch, index, workersCannotStart(reason))
      this.#batches.afterOutcomes(batch)
    }
  }
}
