/**
 * What every lock and semaphore here can do. An implementation gives `tryAcquire`, `tryAcquireAsync` and `release`; waiting
 * without limit and the guards for `using` follow from them, once, here.
 *
 *   using _ = mutex.hold()                 // blocking: for worker threads
 *   using _ = await mutex.holdAsync()      // awaitable: for an event loop
 *
 * Ordering, of all of them: Atomics are sequentially consistent, so whatever was written before a `release` is seen after
 * the `acquire` that follows it. Cancelling ends a wait, and only that: what can be had at once is had.
 */
import type { AsyncWaitOptions, WaitOptions } from './park.ts'

export abstract class Acquirable {
  /**
   * Waits at most `timeoutMs` (0: not at all; Infinity: without limit), blocking the thread.
   * @returns whether it was acquired
   * @throws CancelledError nothing was acquired
   */
  abstract tryAcquire(timeoutMs?: number, options?: WaitOptions): boolean

  /** As `tryAcquire`, giving the event loop back while it waits. */
  abstract tryAcquireAsync(timeoutMs?: number, options?: AsyncWaitOptions): Promise<boolean>

  abstract release(): void

  /** Returns when it is acquired, and not before: coming back from a wait without it means waiting again. */
  acquire(options?: WaitOptions): void {
    while (!this.tryAcquire(Number.POSITIVE_INFINITY, options));
  }

  async acquireAsync(options?: AsyncWaitOptions): Promise<void> {
    while (!(await this.tryAcquireAsync(Number.POSITIVE_INFINITY, options)));
  }

  /** Acquires, and releases when the block ends however it ends. Disposing of the guard again does nothing. */
  hold(options?: WaitOptions): Disposable {
    this.acquire(options)
    return this.#guard()
  }

  async holdAsync(options?: AsyncWaitOptions): Promise<Disposable> {
    await this.acquireAsync(options)
    return this.#guard()
  }

  #guard(): Disposable {
    const guard = new DisposableStack()
    guard.defer(() => this.release())
    return guard
  }
}
