/**
 * Check, then act: whoever finds nothing there builds the object, and it must be built once. All threads want the same objects
 * in the same order; those behind find them built and catch up, so they meet where the next one is missing. Building takes
 * the gap.
 */
import type { RaceGuard } from '#lib/experiments/race-kinds.ts'
import type { Mutex } from '#lib/primitives/mutex.ts'
import { work } from '../../measuring/calibrated-work.ts'
import { give, type StepProbe, take } from './step-probe.ts'

const MISSING = 0
/** Under `atomic`: one thread has it to build, the others wait for it. */
const BEING_BUILT = -1

export interface BuildOptions {
  guard: RaceGuard
  /** One for each object: 0, or who built it, from 1 on. */
  objects: Int32Array
  /** One for each object, this thread's own: 1 once this thread has built it. */
  built: Uint8Array
  lock: Mutex
  index: number
  iterations: number
  gap: number
  probe: StepProbe | null
}

export const buildMissing = (options: BuildOptions): void => {
  const { guard, lock, iterations, probe } = options
  for (let at = 0; at < iterations; at++) {
    if (guard === 'atomic') {
      buildOnce(options, at)
      continue
    }
    const whole = guard === 'mutex' || guard === 'lock-per-thread' ? lock : null
    take(whole, probe)
    checkThenBuild(options, at)
    give(whole, probe)
  }
}

const checkThenBuild = (options: BuildOptions, at: number): void => {
  const { guard, objects, lock, probe } = options
  probe?.mark()
  const found = objects[at] ?? MISSING
  probe?.step('check', at, found)
  if (found !== MISSING) return
  // A lock around the act alone: the check isn't made again inside it, so who waits here builds a second one.
  const acting = guard === 'write-only' ? lock : null
  take(acting, probe)
  build(options, at)
  objects[at] = options.index + 1
  give(acting, probe)
}

const buildOnce = (options: BuildOptions, at: number): void => {
  const { objects, probe } = options
  probe?.mark()
  const found = Atomics.compareExchange(objects, at, MISSING, BEING_BUILT)
  probe?.step('check', at, found)
  if (found === MISSING) {
    build(options, at)
    Atomics.store(objects, at, options.index + 1)
    Atomics.notify(objects, at)
  }
  while (Atomics.load(objects, at) === BEING_BUILT) Atomics.wait(objects, at, BEING_BUILT)
}

const build = ({ built, gap, index, probe }: BuildOptions, at: number): void => {
  probe?.mark()
  work(gap)
  built[at] = 1
  probe?.step('build', at, index + 1)
}
