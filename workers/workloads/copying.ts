/**
 * What handing buffers to processes costs, without the work: the same arguments are sent and sent back, and the time that
 * equally many empty tasks take is subtracted. The median of several tries.
 */
import { median } from '#lib/statistics/median.ts'
import { defineTask, type Executor } from '../executors/executor.ts'
import type { CutOptions, Workload } from './workload.ts'

const TRIES = 5

export const echo = (args: unknown): unknown => args

const echoTask = defineTask<unknown, unknown>(import.meta.url, 'echo')

const elapsedMs = async (executor: Executor, argsList: readonly unknown[], signal: AbortSignal): Promise<number> => {
  const start = performance.now()
  const outcomes = await executor.map(echoTask, argsList, { signal })
  const elapsed = performance.now() - start
  signal.throwIfAborted()
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (failed && !failed.ok) throw new Error(`the buffers could not be handed over: ${failed.error.message}`)
  return elapsed
}

/** Null where nothing is copied. `bytes` are those that were sent, both ways together. */
export const measureCopying = async <Args, Part, Extra extends object>(
  executor: Executor,
  workload: Workload<Args, Part, Extra>,
  options: CutOptions,
  signal: AbortSignal,
): Promise<{ bytes: number; ms: number } | null> => {
  if (options.memory === 'shared') return null
  const { argsList, copiedBytes } = workload.cut(options)
  if (copiedBytes.toWorkers === 0) return null
  const nothing = argsList.map(() => null)
  const differences: number[] = []
  for (let i = 0; i < TRIES; i++) {
    const full = await elapsedMs(executor, argsList, signal)
    differences.push(full - (await elapsedMs(executor, nothing, signal)))
  }
  return { bytes: 2 * copiedBytes.toWorkers, ms: Math.max(0, median(differences)) }
}
