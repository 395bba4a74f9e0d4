/**
 * Time on the CPU of one round. Tasks that have a worker to themselves report their own; on an event loop they can't be told
 * apart, so there the whole thread is read before and after, by a task that does nothing else.
 */
import { defineTask, type Executor, type TaskReport } from '../executors/executor.ts'

export const readThreadCpu = (): number => {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

const readThreadCpuTask = defineTask<null, number>(import.meta.url, 'readThreadCpu')

const readCpuUs = async (executor: Executor): Promise<number | null> => {
  const outcome = await executor.submit(readThreadCpuTask, null)
  return outcome.ok ? outcome.value : null
}

/** Called before a round; what it resolves with is called after it and gives milliseconds. */
export const roundCpuMs = async (executor: Executor): Promise<(reports: readonly TaskReport[]) => Promise<number>> => {
  if (executor.strategy !== 'async') {
    return async (reports) => reports.reduce((sum, { cpuUs }) => sum + (cpuUs ?? 0), 0) / 1000
  }
  const before = await readCpuUs(executor)
  return async () => {
    const after = await readCpuUs(executor)
    // The thread was replaced in between: its counting began anew.
    return before === null || after === null ? 0 : Math.max(0, after - before) / 1000
  }
}
