/** Cancelled calls are given a little time to end by themselves; what they left running after it is ended. */

const GRACE_MS = 100

export class GraceTimers implements Disposable {
  readonly #timers = new Set<NodeJS.Timeout>()

  after(act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, GRACE_MS)
    // The worker that it is about keeps the caller's process alive, not the timer.
    timer.unref()
    this.#timers.add(timer)
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
