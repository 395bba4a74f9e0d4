/** Whether a process still runs, for tests that look for what is left behind. */
import { existsSync, readFileSync } from 'node:fs'

/** A zombie that nobody has collected yet is not running; where there is no /proc it can't be told from one that is. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self') || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false // it is gone, or went while its state was read
  }
}

export const untilGone = async (pid: number): Promise<void> => {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve))
}
