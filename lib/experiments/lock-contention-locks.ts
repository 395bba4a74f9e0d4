/** What `lock-contention` puts around a counter. Without zod: the browser names them too. In the order in which everything lists them. */
export const CONTENDED_LOCKS = ['none', 'atomic', 'spin', 'lock', 'mutex', 'ticket', 'semaphore', 'read-write'] as const
export type ContendedLock = (typeof CONTENDED_LOCKS)[number]

export const CONTENTION_SWEEP_PARAMS = ['threads', 'holdUs'] as const

/** Whether threads ever wait for one another: `none` guards nothing, `atomic` is one instruction. */
export const makesWait = (lock: ContendedLock): boolean => lock !== 'none' && lock !== 'atomic'

/** Whether every update must arrive: all but the unguarded counter, and a semaphore that lets several in. */
export const losesNothing = (lock: ContendedLock, permits: number): boolean =>
  lock !== 'none' && (lock !== 'semaphore' || permits === 1)
