/** The lock of each name, on memory shared by all threads: each thread makes its own handle on it. */
import type { ContendedLock } from '#lib/experiments/lock-contention-locks.ts'
import type { Acquirable } from '#lib/primitives/acquirable.ts'
import { Lock } from '#lib/primitives/lock.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { ReadWriteLock } from '#lib/primitives/read-write-lock.ts'
import { Semaphore } from '#lib/primitives/semaphore.ts'
import { SpinLock } from '#lib/primitives/spin-lock.ts'
import { TicketLock } from '#lib/primitives/ticket-lock.ts'

/** One and the same where the lock knows no readers. */
export interface Guard {
  read: Acquirable
  write: Acquirable
}

const WORDS = Math.max(Lock.WORDS, Mutex.WORDS, ReadWriteLock.WORDS, Semaphore.WORDS, SpinLock.WORDS, TicketLock.WORDS)

/** Memory of a lock that nobody holds. */
export const createLockWords = (lock: ContendedLock, permits: number): Int32Array => {
  const words = new Int32Array(new SharedArrayBuffer(4 * WORDS))
  if (lock === 'semaphore') new Semaphore(permits, words)
  return words
}

/** Null where nothing is acquired. */
export const guardOf = (lock: ContendedLock, words: Int32Array, thread: number): Guard | null => {
  const both = (gate: Acquirable): Guard => ({ read: gate, write: gate })
  switch (lock) {
    case 'none':
    case 'atomic':
      return null
    case 'spin':
      return both(new SpinLock(words))
    case 'lock':
      return both(new Lock(words))
    case 'mutex':
      return both(new Mutex(words, thread + 1))
    case 'ticket':
      return both(new TicketLock(words))
    case 'semaphore':
      return both(new Semaphore(undefined, words))
    case 'read-write':
      return new ReadWriteLock(words)
  }
}
