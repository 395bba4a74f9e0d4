/** Whether a process still runs, for tests that look for what is left behind. Reads /proc. */
import { readFileSync } from 'node:fs'

/** A zombie that nobody has collected yet is not running. */
export const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false // it is gone, and its file with it
  }
}

export const untilGone = async (pid: number): Promise<void> => {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve))
}
