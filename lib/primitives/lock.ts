/**
 * A lock of two states and no owner, as Python's threading.Lock: whoever likes may release it, and acquiring it twice waits
 * for ever (or until the time-out). Releasing it while it is free throws NotHeldError.
 *
 * Memory, one int32: 0 = free, 1 = held, 2 = held and somebody may be asleep (the caller sees only free and held).
 * A holder that is terminated leaves it held: others time out, and anyone may release it. One that is terminated on its way
 * in or out may leave it free with others asleep, whom nobody wakes as long as it is had at once: `recover` does.
 * It doesn't spin: waiting means sleeping, as in Python, which is what the mutex beside it is compared with.
 *
 * Source: U. Drepper, "Futexes Are Tricky" (2011), mutex2.
 */
import { Acquirable } from './acquirable.ts'
import { NotHeldError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const FREE = 0
const HELD = 1
const HELD_WITH_SLEEPERS = 2

export class Lock extends Acquirable {
  static readonly WORDS = 1
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Lock.WORDS))) {
    super()
    this.words = words
  }

  get held(): boolean {
    return Atomics.load(this.words, 0) !== FREE
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (Atomics.compareExchange(this.words, 0, FREE, HELD) === FREE) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    // Exchanging for "with sleepers" takes it if it was free; there may be other sleepers, so the mark stays.
    while (Atomics.exchange(this.words, 0, HELD_WITH_SLEEPERS) !== FREE) {
      if (!park(this.words, 0, HELD_WITH_SLEEPERS, deadline, options?.cancellation)) return false
    }
    return true
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    if (Atomics.compareExchange(this.words, 0, FREE, HELD) === FREE) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    while (Atomics.exchange(this.words, 0, HELD_WITH_SLEEPERS) !== FREE) {
      if (!(await parkAsync(this.words, 0, HELD_WITH_SLEEPERS, deadline, options))) return false
    }
    return true
  }

  release(): void {
    const before = Atomics.exchange(this.words, 0, FREE)
    if (before === FREE) throw new NotHeldError('released although nobody holds it')
    if (before === HELD_WITH_SLEEPERS) Atomics.notify(this.words, 0, 1)
  }

  /**
   * To be called for any thread that was terminated while it may have used the lock: wakes all who sleep, and they look again.
   * If that thread is known to have held it, it is to be released, too.
   */
  recover(): void {
    Atomics.notify(this.words, 0)
  }
}
