/**
 * A mutex that its owner may acquire again: it is free after as many releases. What Python calls RLock.
 *
 * Memory: a Mutex's two words, then [2] depth. Only the owner reads and writes the depth, so it needs no atomics of its own;
 * the mutex's acquire and release order it between owners. An owner is a handle: tasks of one event loop that exclude each
 * other need a handle each, or all of them are "its owner".
 * A holder that is terminated leaves it held, at whatever depth, until `recover`.
 *
 * Source: Python's threading.RLock; java.util.concurrent's ReentrantLock.
 */
import { Acquirable } from './acquirable.ts'
import { NotOwnerError } from './errors.ts'
import { Mutex } from './mutex.ts'
import type { AsyncWaitOptions, WaitOptions } from './park.ts'

const DEPTH = Mutex.WORDS

export class ReentrantMutex extends Acquirable {
  static readonly WORDS = Mutex.WORDS + 1
  readonly words: Int32Array
  readonly #mutex: Mutex

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * ReentrantMutex.WORDS)), owner?: number) {
    super()
    this.words = words
    this.#mutex = new Mutex(words, owner)
  }

  get owner(): number {
    return this.#mutex.owner
  }

  get heldBy(): number | null {
    return this.#mutex.heldBy
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    return this.#again() || (this.#mutex.tryAcquire(timeoutMs, options) && this.#first())
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    return this.#again() || ((await this.#mutex.tryAcquireAsync(timeoutMs, options)) && this.#first())
  }

  release(): void {
    if (this.heldBy !== this.owner)
      throw new NotOwnerError(`released by ${this.owner}, held by ${this.heldBy ?? 'nobody'}`)
    const depth = (this.words[DEPTH] ?? 0) - 1
    this.words[DEPTH] = depth
    if (depth === 0) this.#mutex.release()
  }

  /** As Mutex.recover: frees it from all of its depth. */
  recover(deadOwner: number): boolean {
    return this.#mutex.recover(deadOwner)
  }

  #again(): boolean {
    if (this.heldBy !== this.owner) return false
    this.words[DEPTH] = (this.words[DEPTH] ?? 0) + 1
    return true
  }

  #first(): boolean {
    this.words[DEPTH] = 1
    return true
  }
}
