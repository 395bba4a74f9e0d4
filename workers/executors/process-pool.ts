/** `processes`: `workers` forked processes, each one task at a time, which claim tasks from a file whose offset they share. */
import type { Executor, ExecutorOptions } from './executor.ts'
import { FileBoard } from './file-board.ts'
import { MAX_SLOTS } from './log-file.ts'
import { startProcess } from './process-link.ts'
import { WorkerPool } from './worker-pool.ts'

/** Throws RangeError for more than 256 workers. */
export const createProcessPool = (options: ExecutorOptions): Executor => {
  if (options.workers > MAX_SLOTS) throw new RangeError(`a process pool has at most ${MAX_SLOTS} workers`)
  const originNs = options.originNs ?? process.hrtime.bigint()
  const board = new FileBoard(options.workers)
  return new WorkerPool({
    ...options,
    originNs,
    strategy: 'processes',
    laneKind: 'process',
    size: options.workers,
    inFlight: 1,
    board,
    // It looks at the log after every task anyway.
    tellWorking: false,
    connect: (worker, listener) =>
      startProcess({ worker, inFlight: 1, originNs, trace: options.trace ?? true }, board, listener),
  })
}
