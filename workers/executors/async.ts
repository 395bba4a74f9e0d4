/** `async`: one event loop, in a thread of its own, with up to `workers` tasks in flight. A task that computes holds up the others. */
import type { Executor, ExecutorOptions } from './executor.ts'
import { createThreadExecutor } from './thread-executor.ts'

export const createAsyncExecutor = (options: ExecutorOptions): Executor =>
  createThreadExecutor(options, { strategy: 'async', laneKind: 'event-loop', threads: 1, inFlight: options.workers })
