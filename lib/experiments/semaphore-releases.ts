/** What is tried on whom, in the order in which the page shows it. Without zod: the browser names them too. */
export const RELEASED = ['lock', 'mutex', 'semaphore', 'boundedSemaphore'] as const
export type Released = (typeof RELEASED)[number]
