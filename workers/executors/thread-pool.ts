/** `threads`: `workers` threads of this process, each one task at a time, which claim tasks from shared memory. */
import type { Executor, ExecutorOptions } from './executor.ts'
import { createThreadExecutor } from './thread-executor.ts'

export const createThreadPool = (options: ExecutorOptions): Executor =>
  createThreadExecutor(options, { strategy: 'threads', laneKind: 'thread', threads: options.workers, inFlight: 1 })
