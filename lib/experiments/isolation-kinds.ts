/** What is told apart in the isolation lab. Without zod: the browser names them too. */
export const CRASHES = ['none', 'throw', 'exit', 'abort'] as const
export type Crash = (typeof CRASHES)[number]

/** What is started and spoken to: a thread, a process with a channel, a program that only has its standard streams. */
export const COST_KINDS = ['threads', 'processes', 'exec'] as const
export type CostKind = (typeof COST_KINDS)[number]

/** How the workers count: what the counter is, and how it is incremented. */
export const COUNT_KINDS = ['threads', 'threadsAtomic', 'threadsOrdinary', 'processes'] as const
export type CountKind = (typeof COUNT_KINDS)[number]
