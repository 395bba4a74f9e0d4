/** A pool whose workers are threads of this process: one thread or many, one call at a time each or many on its event loop. */
import type { Strategy } from '#lib/contract/strategy.ts'
import type { LaneKind } from '#lib/contract/trace.ts'
import type { ExecutorOptions } from './executor.ts'
import { SharedBoard } from './shared-board.ts'
import { startThread } from './thread-link.ts'
import { WorkerPool } from './worker-pool.ts'

export interface ThreadExecutorShape {
  strategy: Strategy
  laneKind: LaneKind
  threads: number
  inFlight: number
}

export const createThreadExecutor = (options: ExecutorOptions, shape: ThreadExecutorShape) => {
  const originNs = options.originNs ?? process.hrtime.bigint()
  const { strategy, laneKind, threads, inFlight } = shape
  return new WorkerPool({
    ...options,
    originNs,
    strategy,
    laneKind,
    workers: threads * inFlight,
    size: threads,
    inFlight,
    board: new SharedBoard(),
    // A thread that works hears of news when it has claimed the last call, without being idle in between.
    tellWorking: true,
    connect: (worker, listener) => startThread({ worker, inFlight, originNs, trace: options.trace ?? true }, listener),
  })
}
