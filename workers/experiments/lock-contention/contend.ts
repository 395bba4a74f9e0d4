/**
 * One contending thread: acquire, compute inside, release, compute outside, until the time is up. Updates a counter inside as
 * unguarded code does (read, compute, write), so that every update that a lock lets slip through is missing in the end.
 *
 * The module is loaded once for each lock (`contend.ts?lock=mutex`): with one copy for all, the optimiser would compile one loop
 * that serves every lock, and none of them as fast as it is.
 */

import type { ContendedLock } from '#lib/experiments/lock-contention-locks.ts'
import type { Acquirable } from '#lib/primitives/acquirable.ts'
import { calibrateWork, work } from '../../measuring/calibrated-work.ts'
import { DurationHistogram, type DurationMemory } from '../../measuring/duration-histogram.ts'
import { defineThreadProgram, type ThreadContext, type ThreadProgram } from '../../threads/thread-program.ts'
import { HELD, OUTSIDE, UNGUARDED, WAIT } from './contention-labels.ts'
import { guardOf } from './guard.ts'

/** One counter and one lock, in cache lines of their own. */
export interface ContentionShared {
  counter: Int32Array
  lockWords: Int32Array
}

export interface ContentionArgs {
  lock: ContendedLock
  readShare: number
  holdSteps: number
  outsideSteps: number
  durationMs: number
  /** Draws which acquisitions are reads. */
  seed: number
  traced: boolean
  waits: DurationMemory
  holds: DurationMemory
}

export interface ContentionShare {
  startUs: number
  endUs: number
  acquisitions: number
  waited: number
  /** Of the acquisitions, those that were to add one to the counter. */
  updates: number
}

export const contendProgram = (lock: ContendedLock): ThreadProgram<ContentionShared, ContentionArgs, ContentionShare> =>
  defineThreadProgram(`${import.meta.url.split('?')[0]}?lock=${lock}`, 'contend')

/** The window that is drawn begins here: the first steps of threads that have just been woken are no picture of the rest. */
const TRACED_FROM = 0.3

export const contend = (thread: ThreadContext<ContentionShared, ContentionArgs>): ContentionShare => {
  const { args, cancellation, spans, nowUs } = thread
  const { counter, lockWords } = thread.shared
  const { lock, readShare, holdSteps, outsideSteps, durationMs } = args
  const waits = new DurationHistogram(args.waits)
  const holds = new DurationHistogram(args.holds)
  const guard = guardOf(lock, lockWords, thread.index)
  const atomic = lock === 'atomic'
  let draw = args.seed | 1
  let acquisitions = 0
  let waited = 0
  let updates = 0

  const startUs = thread.startTogether()
  const endUs = startUs + durationMs * 1000
  let outsideSinceUs = startUs
  spans.keepFrom(args.traced ? startUs + durationMs * 1000 * TRACED_FROM : Number.POSITIVE_INFINITY)
  for (;;) {
    draw ^= draw << 13
    draw ^= draw >>> 17
    draw ^= draw << 5
    const reads = (draw >>> 0) / 2 ** 32 < readShare
    const gate: Acquirable | null = guard === null ? null : reads ? guard.read : guard.write
    let askedUs = 0
    if (gate !== null && !gate.tryAcquire()) {
      askedUs = nowUs()
      gate.acquire()
    }
    const enteredUs = nowUs()
    if (reads) work(holdSteps)
    else if (atomic) {
      work(holdSteps)
      Atomics.add(counter, 0, 1)
      updates++
    } else {
      const seen = counter[0] ?? 0
      work(holdSteps)
      counter[0] = seen + 1
      updates++
    }
    const leftUs = nowUs()
    gate?.release()
    // Written down only now: inside it would be time that the others wait for.
    if (askedUs > 0) {
      waited++
      waits.record(enteredUs - askedUs)
      spans.record(OUTSIDE, outsideSinceUs, askedUs)
      spans.record(WAIT, askedUs, enteredUs)
    } else {
      if (gate !== null) waits.record(0)
      spans.record(OUTSIDE, outsideSinceUs, enteredUs)
    }
    holds.record(leftUs - enteredUs)
    spans.record(gate === null ? UNGUARDED : HELD, enteredUs, leftUs)
    acquisitions++
    if (leftUs >= endUs || cancellation.cancelled) return { startUs, endUs: leftUs, acquisitions, waited, updates }
    outsideSinceUs = leftUs
    work(outsideSteps)
  }
}

/** By one thread alone: how many steps of computing a microsecond takes. */
export const calibrate = (): number => calibrateWork()
export const calibrateProgram = defineThreadProgram<null, null, number>(import.meta.url, 'calibrate')

/** By one thread alone: acquiring and releasing, in microseconds. 0 for what isn't acquired. */
export const measureHandOver = ({ args, shared }: ThreadContext<Int32Array, { lock: ContendedLock }>): number => {
  const gate = guardOf(args.lock, shared, 0)?.write
  if (!gate) return 0
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < HAND_OVER_ROUNDS; round++) {
    const before = performance.now()
    for (let i = 0; i < HAND_OVERS; i++) {
      gate.tryAcquire()
      gate.release()
    }
    best = Math.min(best, ((performance.now() - before) * 1000) / HAND_OVERS)
  }
  return best
}
const HAND_OVER_ROUNDS = 10
const HAND_OVERS = 5000
export const handOverProgram = (lock: ContendedLock): ThreadProgram<Int32Array, { lock: ContendedLock }, number> =>
  defineThreadProgram(`${import.meta.url.split('?')[0]}?lock=${lock}`, 'measureHandOver')
