/** `sequential`: one task after another, in one thread that does nothing else. The baseline of every comparison. */
import type { Executor, ExecutorOptions } from './executor.ts'
import { createThreadExecutor } from './thread-executor.ts'

/** `workers` is 1 whatever is asked for. */
export const createSequentialExecutor = (options: ExecutorOptions): Executor =>
  createThreadExecutor(options, { strategy: 'sequential', laneKind: 'thread', threads: 1, inFlight: 1 })
