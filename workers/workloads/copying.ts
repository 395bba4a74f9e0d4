/**
 * What handing buffers to processes costs, without the work: the arguments of the tasks are sent, and buffers as large as their
 * results come back. The time that equally many empty tasks take is subtracted. What travels to the join is not in it.
 */
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { defineTask, type Executor, type TaskError } from '../executors/executor.ts'
import { type CutOptions, cutRange, type Workload } from './workload.ts'

/** As few as an interval needs: of large buffers each takes long. */
const TRIES = 6

export interface Copying {
  /** Both ways together; the same that `ms` is about. */
  bytes: number
  /** The median of several tries; may be below 0, where copying costs less than the tries differ. */
  ms: number
  ci95Ms: [number, number] | null
}

export interface CarryArgs {
  /** What the task would have worked on. */
  args: unknown
  /** How large the result would have been. */
  resultBytes: number
}

export const carry = ({ resultBytes }: CarryArgs): Uint8Array => new Uint8Array(resultBytes)

const carryTask = defineTask<CarryArgs, Uint8Array>(import.meta.url, 'carry')

/** Null where nothing is copied. */
export type CopyingOutcome = { ok: true; value: Copying | null } | { ok: false; error: TaskError }

export const measureCopying = async <Args, Part, Extra extends object>(
  executor: Pick<Executor, 'map'>,
  workload: Workload<Args, Part, Extra>,
  options: CutOptions,
  signal: AbortSignal,
): Promise<CopyingOutcome> => {
  const { argsList, copiedBytes } = workload.cut(options)
  const { toWorkers, fromWorkers } = copiedBytes
  if (toWorkers + fromWorkers === 0) return { ok: true, value: null }
  const results = cutRange(fromWorkers, argsList.length)
  const full = argsList.map(
    (args, i): CarryArgs => ({
      args,
      resultBytes: (results[i]?.to ?? 0) - (results[i]?.from ?? 0),
    }),
  )
  const empty = argsList.map((): CarryArgs => ({ args: null, resultBytes: 0 }))
  const differencesMs: number[] = []
  // The first try is not counted: it loads the task, and every process has its first large message.
  for (let i = -1; i < TRIES; i++) {
    const elapsedMs: number[] = []
    for (const argsOfTry of [full, empty]) {
      const start = performance.now()
      const outcomes = await executor.map(carryTask, argsOfTry, { signal })
      elapsedMs.push(performance.now() - start)
      for (const outcome of outcomes) if (!outcome.ok) return { ok: false, error: outcome.error }
    }
    const [fullMs = 0, emptyMs = 0] = elapsedMs
    if (i >= 0) differencesMs.push(fullMs - emptyMs)
  }
  return {
    ok: true,
    value: { bytes: toWorkers + fromWorkers, ms: median(differencesMs), ci95Ms: medianInterval(differencesMs) },
  }
}
