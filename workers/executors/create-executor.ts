/** The executor of a strategy. */
import type { Strategy } from '#lib/contract/strategy.ts'
import { createAsyncExecutor } from './async.ts'
import type { Executor, ExecutorOptions } from './executor.ts'
import { createProcessPool } from './process-pool.ts'
import { createSequentialExecutor } from './sequential.ts'
import { createThreadPool } from './thread-pool.ts'

const CREATE: Record<Strategy, (options: ExecutorOptions) => Executor> = {
  sequential: createSequentialExecutor,
  async: createAsyncExecutor,
  threads: createThreadPool,
  processes: createProcessPool,
}

/** Nothing is started until `start()`, `submit` or `map`. Throws RangeError unless `workers` is a positive integer. */
export const createExecutor = (strategy: Strategy, options: ExecutorOptions): Executor => {
  if (!Number.isInteger(options.workers) || options.workers < 1) {
    throw new RangeError(`workers is a positive integer, not ${options.workers}`)
  }
  return CREATE[strategy](options)
}
