/**
 * What a workload works on, generated once for a run by a thread of its own, which ends with it: making eight million numbers takes
 * most of a second, in which the thread that organises could not answer.
 */
import { createExecutor } from '../executors/create-executor.ts'
import type { TaskError } from '../executors/executor.ts'
import { type CutOptions, type GeneratedInput, NO_INPUT } from './workload.ts'

export type GeneratedOutcome = { ok: true; value: SharedArrayBuffer } | { ok: false; error: TaskError }

/** Empty, and no thread is started, where the workload has no large input. */
export const generateInput = async (
  { input }: { readonly input?: GeneratedInput },
  { size, seed }: Pick<CutOptions, 'size' | 'seed'>,
  signal: AbortSignal,
): Promise<GeneratedOutcome> => {
  if (!input) return { ok: true, value: NO_INPUT }
  const memory = new SharedArrayBuffer(input.bytes(size))
  await using thread = createExecutor('sequential', { workers: 1 })
  const outcome = await thread.submit(input.task, { memory, size, seed }, { signal })
  return outcome.ok ? { ok: true, value: memory } : { ok: false, error: outcome.error }
}
