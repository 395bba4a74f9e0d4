/**
 * One word that all threads count up: read, add, write. With no gap the loops are nothing but that, so that compiled they are a
 * load, an addition and a store, between which another core's store can fall; V8 keeps every load and store of shared memory in
 * its loop. A gap is work between the read and the write, as where the new value takes some computing.
 */
import type { RaceGuard } from '#lib/experiments/race-kinds.ts'
import type { Mutex } from '#lib/primitives/mutex.ts'
import { work } from '../../measuring/calibrated-work.ts'
import type { StepProbe } from './step-probe.ts'

export interface CountOptions {
  guard: RaceGuard
  counter: Int32Array
  /** The common one, or this thread's own under `lock-per-thread`. */
  lock: Mutex
  iterations: number
  /** Steps of work between read and write. */
  gap: number
  probe: StepProbe | null
}

export const countUp = (options: CountOptions): void => {
  if (options.probe !== null) countTraced(options, options.probe)
  else if (options.guard === 'none') countPlain(options)
  else if (options.guard === 'atomic') countAtomic(options)
  else if (options.guard === 'write-only') countLockedWrite(options)
  else countLocked(options)
}

const countPlain = ({ counter, iterations, gap }: CountOptions): void => {
  for (let i = 0; i < iterations; i++) {
    const value = counter[0] ?? 0
    work(gap)
    counter[0] = value + 1
  }
}

const countAtomic = ({ counter, iterations, gap }: CountOptions): void => {
  for (let i = 0; i < iterations; i++) {
    work(gap)
    Atomics.add(counter, 0, 1)
  }
}

const countLocked = ({ counter, lock, iterations, gap }: CountOptions): void => {
  for (let i = 0; i < iterations; i++) {
    lock.acquire()
    const value = counter[0] ?? 0
    work(gap)
    counter[0] = value + 1
    lock.release()
  }
}

const countLockedWrite = ({ counter, lock, iterations, gap }: CountOptions): void => {
  for (let i = 0; i < iterations; i++) {
    const value = counter[0] ?? 0
    work(gap)
    lock.acquire()
    counter[0] = value + 1
    lock.release()
  }
}

const countTraced = ({ guard, counter, lock, iterations, gap }: CountOptions, probe: StepProbe): void => {
  const locksAll = guard === 'mutex' || guard === 'lock-per-thread'
  for (let i = 0; i < iterations; i++) {
    if (guard === 'atomic') {
      work(gap)
      probe.mark()
      const before = Atomics.add(counter, 0, 1)
      probe.step('add', 0, before + 1)
      continue
    }
    if (locksAll) probe.acquire(lock)
    probe.mark()
    const value = counter[0] ?? 0
    probe.step('read', 0, value)
    work(gap)
    if (guard === 'write-only') probe.acquire(lock)
    probe.mark()
    counter[0] = value + 1
    probe.step('write', 0, value + 1)
    if (guard !== 'none') probe.release(lock)
  }
}
