/** What the primitives throw. Each is a misuse or an end that the caller must know of; waiting too long is no error but `false`. */

/** Released by one who doesn't hold it. */
export class NotOwnerError extends Error {
  override readonly name = 'NotOwnerError'
}

/** Acquired again by its owner, which would wait for itself for ever. */
export class AlreadyOwnedError extends Error {
  override readonly name = 'AlreadyOwnedError'
}

/** Released although nobody holds it. */
export class NotHeldError extends Error {
  override readonly name = 'NotHeldError'
}

/** A bounded semaphore was released more often than acquired. */
export class OverReleaseError extends Error {
  override readonly name = 'OverReleaseError'
}

/** The wait was cancelled through its `Cancellation` or `AbortSignal`; nothing was acquired. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
}

/** The queue was closed: nothing can be put into it any more, or nothing is left in it. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError'
}

/** The barrier was broken by one who gave up waiting; all others are let go with this. */
export class BrokenBarrierError extends Error {
  override readonly name = 'BrokenBarrierError'
}
