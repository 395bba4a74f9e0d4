/** The four ways to share cores between a long computation and short requests. Without zod: the browser names them too. */
export const SCHEDULING_KINDS = ['cooperative', 'cooperative-yielding', 'preemptive', 'multiprocess'] as const
export type SchedulingKind = (typeof SCHEDULING_KINDS)[number]
