/** What was submitted together, on the caller's side: which of its calls have no outcome yet, and who waits for them. */
import type { TaskOutcome } from './executor.ts'

export interface BatchReceiver {
  outcome(index: number, outcome: TaskOutcome<unknown>): void
  /** After each delivery that brought outcomes, and with the last. */
  progress?(finished: number): void
}

export class Batch {
  readonly id: number
  readonly count: number
  readonly submittedUs: Float64Array
  finished = 0
  /** To be called when the last outcome is there. */
  onEnd: (() => void) | null = null
  readonly #settled: Uint8Array
  readonly #cancelRequested: Uint8Array
  readonly #receiver: BatchReceiver
  #counted = 0

  constructor(id: number, submittedUs: Float64Array, receiver: BatchReceiver) {
    this.id = id
    this.count = submittedUs.length
    this.submittedUs = submittedUs
    this.#settled = new Uint8Array(this.count)
    this.#cancelRequested = new Uint8Array(this.count)
    this.#receiver = receiver
  }

  get ended(): boolean {
    return this.finished === this.count
  }

  isOpen(index: number): boolean {
    return this.#settled[index] === 0
  }

  openIndices(): number[] {
    const open: number[] = []
    for (let index = 0; index < this.count; index++) if (this.#settled[index] === 0) open.push(index)
    return open
  }

  requestCancel(index: number): void {
    this.#cancelRequested[index] = 1
  }

  isCancelRequested(index: number): boolean {
    return this.#cancelRequested[index] === 1
  }

  /** The first outcome counts: a call that was given up may still be heard of. */
  settle(index: number, outcome: TaskOutcome<unknown>): void {
    if (this.#settled[index] !== 0) return
    this.#settled[index] = 1
    this.finished++
    this.#receiver.outcome(index, outcome)
  }

  /** How many outcomes came since it was asked last. */
  takeNewlyFinished(): number {
    const newly = this.finished - this.#counted
    this.#counted = this.finished
    return newly
  }

  reportProgress(): void {
    this.#receiver.progress?.(this.finished)
  }
}
