/**
 * Sleeping on a word of shared memory, the futex under every primitive here: `park` blocks the thread (Atomics.wait),
 * `parkAsync` gives the event loop back (Atomics.waitAsync). Both return when the word was notified, differs from what was
 * expected, or the time is up; a caller always looks again, so an early return is harmless.
 *
 * A caller that was notified must either take what it waited for or leave it for sure to be seen by another: a wake-up that
 * nobody acts upon is a lost one. A thread that is terminated just after its wake-up takes it along, and one that is
 * terminated just before it notifies never does: others may sleep on at something that is free. Whoever terminates a thread
 * calls the primitive's `recover`, which wakes all who sleep, and they look again. An event is set again, at a condition
 * variable all are notified; the waiters of a barrier need a time-out.
 *
 * Source: U. Drepper, "Futexes Are Tricky", 2011.
 */
import { type Cancellation, CHECK_INTERVAL_MS } from './cancellation.ts'
import { CancelledError } from './errors.ts'

/** How a wait may end besides success. */
export interface WaitOptions {
  /** Ends the wait with CancelledError, at most `CHECK_INTERVAL_MS` later. */
  cancellation?: Cancellation
}

export interface AsyncWaitOptions extends WaitOptions {
  /** Ends the wait with CancelledError, whose cause is the signal's reason. */
  signal?: AbortSignal
}

/** A moment of `performance.now()`; Infinity for no limit. */
export const deadlineAfter = (timeoutMs: number): number => {
  if (Number.isNaN(timeoutMs)) throw new RangeError('timeoutMs: got NaN, a number of milliseconds is accepted')
  return timeoutMs === Number.POSITIVE_INFINITY ? timeoutMs : performance.now() + timeoutMs
}

/** @throws CancelledError */
export const refuseCancelled = ({ cancellation, signal }: AsyncWaitOptions): void => {
  if (signal?.aborted) throw new CancelledError('the wait was cancelled', { cause: signal.reason })
  if (cancellation?.cancelled) throw new CancelledError('the wait was cancelled')
}

/** `false` when the deadline has passed, without having slept; with an infinite deadline never. */
export const park = (
  words: Int32Array,
  index: number,
  expected: number,
  deadline: number,
  cancellation?: Cancellation,
): boolean => {
  if (cancellation?.cancelled) throw new CancelledError('the wait was cancelled')
  const left = deadline - performance.now()
  if (left <= 0) return false
  Atomics.wait(words, index, expected, cancellation ? Math.min(left, CHECK_INTERVAL_MS) : left)
  return true
}

const UNTOUCHED = new Int32Array(new SharedArrayBuffer(4))

/** Sleeps for so long, at most until the deadline, and can't be woken: for one who will look again by itself. */
export const nap = (ms: number, deadline: number): void => {
  const left = Math.min(ms, deadline - performance.now())
  if (left > 0) Atomics.wait(UNTOUCHED, 0, 0, left)
}

/** As `park`, without blocking the thread. A pending wait does not keep a process alive. */
export const parkAsync = async (
  words: Int32Array,
  index: number,
  expected: number,
  deadline: number,
  options: AsyncWaitOptions = {},
): Promise<boolean> => {
  refuseCancelled(options)
  const { cancellation, signal } = options
  const left = deadline - performance.now()
  if (left <= 0) return false
  const waiting = Atomics.waitAsync(words, index, expected, cancellation ? Math.min(left, CHECK_INTERVAL_MS) : left)
  if (!waiting.async) return true
  // A wait that was begun can't be taken back, and left alone it would swallow somebody's wake-up later: so it is ended
  // by waking all who sleep on the word, who look again and go back to sleep.
  const wake = () => Atomics.notify(words, index)
  signal?.addEventListener('abort', wake)
  try {
    await waiting.value
  } finally {
    signal?.removeEventListener('abort', wake)
  }
  return true
}
