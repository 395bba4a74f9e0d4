/** Where the locks of a trial lie: the common one first, then each thread's own, then each account's; a cache line each. */
import type { Mutex } from '#lib/primitives/mutex.ts'

/** In int32: so that locks don't meet where their threads don't. */
export const LOCK_STRIDE = 16

/** Counts from 0. */
export const placeOf = (lock: Mutex): number => lock.words.byteOffset / (4 * LOCK_STRIDE)
