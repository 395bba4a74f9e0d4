/**
 * "Mutex or semaphore?", tried with two real threads: the first acquires, the second, which never did, releases, then tries to
 * enter; at last the first releases what it believes to hold. Then the same release with nobody inside.
 */
import type { Released } from '#lib/experiments/semaphore-releases.ts'
import type { Acquirable } from '#lib/primitives/acquirable.ts'
import { Lock } from '#lib/primitives/lock.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { BoundedSemaphore, Semaphore } from '#lib/primitives/semaphore.ts'
import { defineThreadProgram, type ThreadContext } from '../../threads/thread-program.ts'

/** Two of each: one that is held, one that nobody touches before. */
export interface ReleaseShared {
  held: Int32Array
  idle: Int32Array
}

export interface ReleaseArgs {
  what: Released
}

/** What a thread was told; the holder knows only of its own release, the stranger of the rest. */
export interface Told {
  foreignRelease: string
  enteredAfterwards: boolean
  holderRelease: string
  idleRelease: string
}

const WORDS = Math.max(Lock.WORDS, Mutex.WORDS, Semaphore.WORDS)
const HOLDER = 0

const create = (what: Released, words: Int32Array, thread: number): Acquirable => {
  switch (what) {
    case 'lock':
      return new Lock(words)
    case 'mutex':
      return new Mutex(words, thread + 1)
    case 'semaphore':
      return new Semaphore(undefined, words)
    case 'boundedSemaphore':
      return new BoundedSemaphore(undefined, words)
  }
}

/** Memory with one permit to give, or a lock that is free. */
export const createReleased = (what: Released): Int32Array => {
  const words = new Int32Array(new SharedArrayBuffer(4 * WORDS))
  if (what === 'semaphore') new Semaphore(1, words)
  if (what === 'boundedSemaphore') new BoundedSemaphore(1, words)
  return words
}

const release = (one: Acquirable): string => {
  try {
    one.release()
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

export const releaseForeign = (thread: ThreadContext<ReleaseShared, ReleaseArgs>): Told => {
  const { args, shared, index, startTogether } = thread
  const held = create(args.what, shared.held, index)
  const idle = create(args.what, shared.idle, index)
  const told: Told = { foreignRelease: '', enteredAfterwards: false, holderRelease: '', idleRelease: '' }
  if (index === HOLDER) held.acquire()
  startTogether()
  if (index !== HOLDER) {
    told.foreignRelease = release(held)
    told.enteredAfterwards = held.tryAcquire()
    // Out again, as it came in: what the holder is told shall come from the foreign release alone.
    if (told.enteredAfterwards) held.release()
    told.idleRelease = release(idle)
  }
  startTogether()
  if (index === HOLDER) told.holderRelease = release(held)
  return told
}
export const releaseForeignProgram = defineThreadProgram<ReleaseShared, ReleaseArgs, Told>(
  import.meta.url,
  'releaseForeign',
)
