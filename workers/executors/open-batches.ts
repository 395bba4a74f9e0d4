/** The books of a pool: which batches have calls without an outcome, how many those are, and who waits until there are none. */
import { Batch, type BatchReceiver } from './batch.ts'

export class OpenBatches {
  readonly #byId = new Map<number, Batch>()
  readonly #drained: (() => void)[] = []
  readonly #ended: (batch: Batch) => void
  #last = 0
  #calls = 0

  /** @param ended called once for each batch, before its receiver hears of its last outcome as progress */
  constructor(ended: (batch: Batch) => void) {
    this.#ended = ended
  }

  get byId(): ReadonlyMap<number, Batch> {
    return this.#byId
  }

  /** A copy: batches may end while it is walked through. */
  all(): Batch[] {
    return [...this.#byId.values()]
  }

  /** Without an outcome, in all batches. */
  get calls(): number {
    return this.#calls
  }

  open(submittedUs: Float64Array, receiver: BatchReceiver): Batch {
    const batch = new Batch(++this.#last, submittedUs, receiver)
    this.#byId.set(batch.id, batch)
    this.#calls += batch.count
    return batch
  }

  /** To be called once after a group of outcomes. */
  afterOutcomes(batch: Batch): void {
    this.#calls -= batch.takeNewlyFinished()
    if (batch.ended) {
      this.#byId.delete(batch.id)
      this.#ended(batch)
    }
    batch.reportProgress()
    if (this.#calls === 0) for (const resolve of this.#drained.splice(0)) resolve()
  }

  async drained(): Promise<void> {
    if (this.#calls > 0) await new Promise<void>((resolve) => this.#drained.push(resolve))
  }
}
