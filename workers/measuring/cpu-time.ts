/**
 * What the calling thread used: time on a core, time waiting for one, and how often it was switched away from. Read before and
 * after a piece of work, in the thread that does it; the difference is the work's.
 *
 * On Linux from `/proc/thread-self`: `schedstat` (nanoseconds running, nanoseconds runnable but waiting, time slices) and
 * `status`. Elsewhere only time on the CPU is known. Both clocks advance at scheduler ticks (1–4 ms) and at switches: figures of
 * one short task are coarse, sums over many are right. A reading costs about 30 µs, `process.threadCpuUsage()` alone 0.5 µs.
 */
import { readFileSync } from 'node:fs'

export interface ContextSwitches {
  /** It waited for something. */
  voluntary: number
  /** The system took the core away. */
  involuntary: number
}

export interface ThreadUsage {
  cpuUs: number
  /** Null where the system doesn't tell. */
  waitingForCoreUs: number | null
  contextSwitches: ContextSwitches | null
}

/** Null when it isn't schedstat's three numbers, or a kernel that doesn't count leaves them at 0. */
export const parseSchedstat = (text: string): { cpuUs: number; waitingForCoreUs: number } | null => {
  const [running, waiting] = /^(\d+) (\d+) \d+\s*$/.exec(text)?.slice(1).map(Number) ?? []
  if (running === undefined || waiting === undefined || running === 0) return null
  return { cpuUs: running / 1000, waitingForCoreUs: waiting / 1000 }
}

export const parseContextSwitches = (text: string): ContextSwitches | null => {
  const voluntary = /^voluntary_ctxt_switches:\s*(\d+)$/m.exec(text)?.[1]
  const involuntary = /^nonvoluntary_ctxt_switches:\s*(\d+)$/m.exec(text)?.[1]
  return voluntary === undefined || involuntary === undefined
    ? null
    : { voluntary: Number(voluntary), involuntary: Number(involuntary) }
}

type ReadProc = (file: 'schedstat' | 'status') => string | null

// Synchronous on purpose: an asynchronous read is done by another thread, and 'thread-self' would be that one.
const readThreadSelf: ReadProc = (file) => {
  if (process.platform !== 'linux') return null
  try {
    return readFileSync(`/proc/thread-self/${file}`, 'latin1')
  } catch {
    // No /proc, or one that is closed to us: what it would have told is reported as unknown.
    return null
  }
}

const cpuUsageUs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

export const readThreadUsage = (read: ReadProc = readThreadSelf): ThreadUsage => {
  const schedstat = parseSchedstat(read('schedstat') ?? '')
  return {
    cpuUs: schedstat?.cpuUs ?? cpuUsageUs(),
    waitingForCoreUs: schedstat?.waitingForCoreUs ?? null,
    contextSwitches: parseContextSwitches(read('status') ?? ''),
  }
}

/** Both readings from the same thread. */
export const usageBetween = (before: ThreadUsage, after: ThreadUsage): ThreadUsage => ({
  cpuUs: after.cpuUs - before.cpuUs,
  waitingForCoreUs:
    before.waitingForCoreUs === null || after.waitingForCoreUs === null
      ? null
      : after.waitingForCoreUs - before.waitingForCoreUs,
  contextSwitches:
    before.contextSwitches === null || after.contextSwitches === null
      ? null
      : {
          voluntary: after.contextSwitches.voluntary - before.contextSwitches.voluntary,
          involuntary: after.contextSwitches.involuntary - before.contextSwitches.involuntary,
        },
})
