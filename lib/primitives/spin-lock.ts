/**
 * A lock that never sleeps: whoever waits looks again and again, burning its core. Best when there are fewer waiters than
 * idle cores and the lock is held for less than a microsecond; worst when the holder is not running.
 *
 * Memory, one int32: 0 = free, 1 = held. No owner; releasing it while it is free throws NotHeldError. A holder that is
 * terminated leaves it held, and its waiters spin until their time-out or cancellation.
 *
 * Source: test-and-test-and-set; T. E. Anderson, "The Performance of Spin Lock Alternatives", IEEE TPDS 1(1), 1990.
 */
import { Acquirable } from './acquirable.ts'
import { NotHeldError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, refuseCancelled, type WaitOptions } from './park.ts'

const FREE = 0
const HELD = 1
/** Reading the clock costs more than a look: it is read once in so many. */
const LOOKS_PER_CLOCK = 256

export class SpinLock extends Acquirable {
  static readonly WORDS = 1
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * SpinLock.WORDS))) {
    super()
    this.words = words
  }

  get held(): boolean {
    return Atomics.load(this.words, 0) === HELD
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (Atomics.compareExchange(this.words, 0, FREE, HELD) === FREE) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    for (let looks = 1; ; looks++) {
      if (Atomics.load(this.words, 0) === FREE && Atomics.compareExchange(this.words, 0, FREE, HELD) === FREE)
        return true
      Atomics.pause()
      if (looks % LOOKS_PER_CLOCK !== 0) continue
      if (options) refuseCancelled(options)
      if (performance.now() >= deadline) return false
    }
  }

  /** An event loop that spun would starve everything else on it, so it looks once per turn. */
  async tryAcquireAsync(timeoutMs = 0, options: AsyncWaitOptions = {}): Promise<boolean> {
    const deadline = deadlineAfter(timeoutMs)
    while (Atomics.compareExchange(this.words, 0, FREE, HELD) !== FREE) {
      refuseCancelled(options)
      if (performance.now() >= deadline) return false
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    return true
  }

  release(): void {
    if (Atomics.exchange(this.words, 0, FREE) === FREE) throw new NotHeldError('released although nobody holds it')
  }
}
