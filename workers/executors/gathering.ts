/**
 * Calls submitted one by one in the same turn of the event loop, laid out together when it ends: workers hear of them once,
 * and their results travel as one batch.
 */
import type { BatchReceiver } from './batch.ts'
import type { TaskOutcome } from './executor.ts'
import type { EncodedBlock } from './hand-over.ts'

export type Settle = (outcome: TaskOutcome<unknown>) => void

export interface Gathered {
  /** One a call. */
  blocks: EncodedBlock[]
  submittedUs: Float64Array
  receiver: BatchReceiver
}

export class Gathering {
  readonly #layOut: (gathered: Gathered) => void
  #blocks: EncodedBlock[] = []
  #submittedUs: number[] = []
  #settle: Settle[] = []

  /** @param layOut called once a turn that submitted something */
  constructor(layOut: (gathered: Gathered) => void) {
    this.#layOut = layOut
  }

  add(block: EncodedBlock, submittedUs: number, settle: Settle): void {
    if (this.#blocks.length === 0) queueMicrotask(() => this.flush())
    this.#blocks.push(block)
    this.#submittedUs.push(submittedUs)
    this.#settle.push(settle)
  }

  /** Now, before what follows overtakes them. */
  flush(): void {
    if (this.#blocks.length === 0) return
    const [blocks, submittedUs, settle] = [this.#blocks, this.#submittedUs, this.#settle]
    this.#blocks = []
    this.#submittedUs = []
    this.#settle = []
    this.#layOut({
      blocks,
      submittedUs: Float64Array.from(submittedUs),
      receiver: { outcome: (index, outcome) => settle[index]?.(outcome) },
    })
  }
}
