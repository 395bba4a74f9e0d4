/**
 * Starts the workers of a strategy and has each load the client, so that no search pays for it. How long that took is the
 * strategy's start-up.
 */
import type { Strategy } from '#lib/contract/strategy.ts'
import type { Span } from '#lib/contract/trace.ts'
import { createExecutor } from '../executors/create-executor.ts'
import type { Executor } from '../executors/executor.ts'
import { startupSpansOf } from '../executors/spans-of.ts'
import { prepareTask } from './movie-requests.ts'

export interface Searching {
  executor: Executor
  startupMs: number
  /** Of the start of threads or processes and of loading the client in each. */
  spans: Span[]
}

export interface StartSearchingOptions {
  workers: number
  originNs: bigint
  signal: AbortSignal
}

const MAX_ATTEMPTS = 4

/** Rejects when workers can't be started; whatever was started is ended then. */
export const startSearching = async (strategy: Strategy, options: StartSearchingOptions): Promise<Searching> => {
  const { workers, originNs, signal } = options
  await using unfinished = new AsyncDisposableStack()
  const executor = unfinished.use(createExecutor(strategy, { workers, originNs, group: strategy }))
  const { startupUs } = await executor.start()
  const loading = await loadClients(executor, originNs, signal)
  unfinished.move()
  return {
    executor,
    startupMs: (startupUs + loading.us) / 1000,
    spans: [...startupSpansOf(executor), ...loading.spans],
  }
}

/** A worker that has loaded the client holds its call a little, so that the other calls go to the other workers. */
const loadClients = async (
  executor: Executor,
  originNs: bigint,
  signal: AbortSignal,
): Promise<{ us: number; spans: Span[] }> => {
  const wanted = new Set(executor.lanes().map(({ id }) => id)).size
  const spans = new Map<string, Span>()
  let us = 0
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && spans.size < wanted && !signal.aborted; attempt += 1) {
    const start = Number(process.hrtime.bigint() - originNs) / 1000
    const holds = new Array<number>(wanted).fill(wanted === 1 ? 0 : attempt * (20 + 5 * wanted))
    const outcomes = await executor.map(prepareTask, holds, { signal })
    for (const { ok, report } of outcomes) {
      if (!ok || spans.has(report.lane)) continue
      const duration = Math.max(0, report.startedUs - start)
      spans.set(report.lane, { lane: report.lane, name: 'load the client', kind: 'startup', start, duration })
    }
    const loadedUs = outcomes.map(({ report }) => report.startedUs - start)
    us += Math.max(0, ...loadedUs)
  }
  return { us, spans: [...spans.values()] }
}
