/**
 * How often a lock can be acquired at best: the lesser of two bounds. The lock's own, 1 / (hold + hand-over), for one is inside
 * at a time; and the machine's, for somebody has to compute what is done inside and outside. No scheduler and no cache can
 * beat them; what is missing to them is what waiting, waking and caches cost.
 */
import type { ContendedLock } from './lock-contention-locks.ts'
import { makesWait } from './lock-contention-locks.ts'

/** Measured by one thread alone, with which nobody contends. Microseconds. */
export interface UncontendedCosts {
  holdUs: number
  /** Acquiring and releasing. */
  handOverUs: number
  /** From one acquisition to the next: hold, hand-over, outside, and what measuring adds. */
  cycleUs: number
}

export interface ContentionSetting {
  lock: ContendedLock
  threads: number
  cores: number
  permits: number
  /** 0 unless it is a read-write lock. */
  readShare: number
}

export interface ContentionLimit {
  perSecond: number
  /** Which bound is the lower one. */
  boundBy: 'lock' | 'cores'
}

/** How many may be inside together, as far as they can be on a core together, too. */
const insideAtOnce = ({ lock, threads, cores, permits, readShare }: ContentionSetting): number => {
  const atOnce = Math.min(threads, cores)
  if (lock === 'semaphore') return Math.min(permits, atOnce)
  // Of the time inside, a writer's is everybody's, and readers share theirs.
  if (lock === 'read-write') return 1 / (1 - readShare + readShare / atOnce)
  return 1
}

export const contentionLimit = (setting: ContentionSetting, costs: UncontendedCosts): ContentionLimit => {
  const byCores = (Math.min(setting.threads, setting.cores) * 1e6) / costs.cycleUs
  if (!makesWait(setting.lock)) return { perSecond: byCores, boundBy: 'cores' }
  const byLock = (insideAtOnce(setting) * 1e6) / (costs.holdUs + costs.handOverUs)
  return byLock < byCores ? { perSecond: byLock, boundBy: 'lock' } : { perSecond: byCores, boundBy: 'cores' }
}
