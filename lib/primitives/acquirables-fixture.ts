/** Everything that can be acquired, by name: what the contracts are run over, in tests and threads. */
import type { Acquirable } from './acquirable.ts'
import { Lock } from './lock.ts'
import { Mutex } from './mutex.ts'
import { ReadWriteLock } from './read-write-lock.ts'
import { ReentrantMutex } from './reentrant-mutex.ts'
import { BoundedSemaphore, Semaphore } from './semaphore.ts'
import { SpinLock } from './spin-lock.ts'
import { TicketLock } from './ticket-lock.ts'

interface AcquirableKind {
  words: number
  /** A handle for one thread (or one task of an event loop), on memory that was set up. */
  open(words: Int32Array, participant: number): Acquirable
  /** Without it fresh memory is ready. */
  setUp?(words: Int32Array): void
  /** What has to be held so that it can't be had, and can't be had while it is held; left out, another handle of the same. */
  openOther?(words: Int32Array, participant: number): Acquirable
}

const ticketLockAt = (ticket: number): AcquirableKind => ({
  words: TicketLock.WORDS,
  open: (words) => new TicketLock(words),
  setUp: (words) => words.fill(ticket, 0, 2),
})

const kinds = {
  Lock: { words: Lock.WORDS, open: (words) => new Lock(words) },
  Mutex: { words: Mutex.WORDS, open: (words, participant) => new Mutex(words, participant) },
  ReentrantMutex: { words: ReentrantMutex.WORDS, open: (words, participant) => new ReentrantMutex(words, participant) },
  TicketLock: { words: TicketLock.WORDS, open: (words) => new TicketLock(words) },
  'TicketLock before its tickets wrap': ticketLockAt(-20),
  'TicketLock before its marks are wiped': ticketLockAt(2 ** 24 - 20),
  'TicketLock before its tickets turn negative': ticketLockAt(2 ** 31 - 20),
  SpinLock: { words: SpinLock.WORDS, open: (words) => new SpinLock(words) },
  'Semaphore of 1': {
    words: Semaphore.WORDS,
    open: (words) => new Semaphore(undefined, words),
    setUp: (words) => new Semaphore(1, words),
  },
  'BoundedSemaphore of 1': {
    words: BoundedSemaphore.WORDS,
    open: (words) => new BoundedSemaphore(undefined, words),
    setUp: (words) => new BoundedSemaphore(1, words),
  },
  'write side of ReadWriteLock': { words: ReadWriteLock.WORDS, open: (words) => new ReadWriteLock(words).write },
  'read side of ReadWriteLock': {
    words: ReadWriteLock.WORDS,
    open: (words) => new ReadWriteLock(words).read,
    openOther: (words) => new ReadWriteLock(words).write,
  },
} satisfies Record<string, AcquirableKind>

export type AcquirableName = keyof typeof kinds

export const acquirableNames = Object.keys(kinds) as AcquirableName[]

export const newAcquirableWords = (name: AcquirableName): Int32Array => {
  const kind: AcquirableKind = kinds[name]
  const words = new Int32Array(new SharedArrayBuffer(4 * kind.words))
  kind.setUp?.(words)
  return words
}

/** Whether it lets one in at a time. */
export const excludesItself = (name: AcquirableName): boolean => {
  const kind: AcquirableKind = kinds[name]
  return kind.openOther === undefined
}

/** Excludes what `openAcquirable` opens, and is excluded by it. */
export const openOther = (name: AcquirableName, words: Int32Array, participant: number): Acquirable => {
  const kind: AcquirableKind = kinds[name]
  return (kind.openOther ?? kind.open)(words, participant)
}

export const openAcquirable = (name: AcquirableName, words: Int32Array, participant: number): Acquirable =>
  kinds[name].open(words, participant)
