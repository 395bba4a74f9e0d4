/**
 * Data and a flag that says it is there: the first thread publishes message after message, the others wait for each flag and
 * then read the data. The mistake is the order in the program, the flag before the data: x86 keeps the order of stores, so
 * with the right order plain stores would work on this hardware by luck, and there would be nothing to see. `atomic` is the
 * right way: the data first, then an atomic store of the flag, which no compiler and no processor may move.
 */
import type { RaceGuard } from '#lib/experiments/race-kinds.ts'
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import { CancelledError } from '#lib/primitives/errors.ts'
import type { Mutex } from '#lib/primitives/mutex.ts'
import { work } from '../../measuring/calibrated-work.ts'
import { give, type StepProbe, take } from './step-probe.ts'

export interface MessageOptions {
  guard: RaceGuard
  flags: Int32Array
  data: Int32Array
  lock: Mutex
  iterations: number
  gap: number
  probe: StepProbe | null
  cancellation: Cancellation
}

/** Before a reader that sees no flag gives its core back for a moment; the writer may be waiting for it. */
const LOOKS = 200
const PAUSE_MS = 0.05
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))

export const publishAll = ({ guard, flags, data, lock, iterations, gap, probe }: MessageOptions): void => {
  // A lock around the writing only is what `write-only` has, and then the reader has none.
  const around = guard === 'none' || guard === 'atomic' ? null : lock
  for (let at = 0; at < iterations; at++) {
    if (guard === 'atomic') {
      work(gap)
      probe?.mark()
      data[at] = at + 1
      probe?.step('data', at, at + 1)
      probe?.mark()
      Atomics.store(flags, at, 1)
      probe?.step('flag', at, 1)
      continue
    }
    take(around, probe)
    probe?.mark()
    flags[at] = 1
    probe?.step('flag', at, 1)
    work(gap)
    probe?.mark()
    data[at] = at + 1
    probe?.step('data', at, at + 1)
    give(around, probe)
  }
}

/** @returns how many messages' flags were seen without their data. @throws CancelledError */
export const readAll = (options: MessageOptions): number => {
  const { iterations } = options
  let early = 0
  for (let at = 0; at < iterations; at++) if (readOne(options, at) === 0) early++
  return early
}

/** Waits for the flag. @returns the data as it was found then */
const readOne = (options: MessageOptions, at: number): number => {
  const { guard, flags, data, lock, probe, cancellation } = options
  const around = guard === 'mutex' || guard === 'lock-per-thread' ? lock : null
  for (let looks = 1; ; looks++) {
    take(around, null)
    const flag = guard === 'atomic' ? Atomics.load(flags, at) : (flags[at] ?? 0)
    if (flag === 1) {
      probe?.mark()
      const found = data[at] ?? 0
      give(around, null)
      probe?.step('read', at, found)
      return found
    }
    give(around, null)
    if (looks % LOOKS !== 0) Atomics.pause()
    else if (cancellation.cancelled) throw new CancelledError('the wait for a message was cancelled')
    else Atomics.wait(nobodyWakes, 0, 0, PAUSE_MS)
  }
}
