/**
 * A word in shared memory that says "stop": what an AbortSignal is to an event loop, this is to threads that block.
 *
 * Memory: one int32, 0 = go on, 1 = cancelled. Set once, never taken back. A blocked wait looks at it every
 * `CHECK_INTERVAL_MS`, because a thread asleep on one word can't be woken by another.
 */
export const CHECK_INTERVAL_MS = 20

export class Cancellation {
  static readonly WORDS = 1
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Cancellation.WORDS))) {
    this.words = words
  }

  get cancelled(): boolean {
    return Atomics.load(this.words, 0) === 1
  }

  cancel(): void {
    Atomics.store(this.words, 0, 1)
  }
}
