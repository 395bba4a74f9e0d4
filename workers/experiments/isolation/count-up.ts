/**
 * What every worker does to the counter, the same function for threads and processes. Only what the counter is differs, and
 * that is decided by how it was sent: shared memory stays one, anything else arrives as the worker's own copy.
 */
import { defineTask } from '../../executors/executor.ts'

export interface CountUpArgs {
  counter: Int32Array
  increments: number
  atomic: boolean
  /** Where threads wait for each other, so that they count at the same time; null: they start as they come. */
  gate: { arrived: Int32Array; workers: number } | null
}

/** Longer than any start of a thread: then somebody died on the way. */
const GATE_MS = 30_000
/** A thread that sleeps wakes up tens of microseconds after the others, when they have counted half; on a busy machine, after all. */
const SPIN_MS = 30
const SLEEP_MS = 20

const waitForAll = (arrived: Int32Array, workers: number): void => {
  const since = performance.now()
  Atomics.add(arrived, 0, 1)
  for (let count = Atomics.load(arrived, 0); count < workers; count = Atomics.load(arrived, 0)) {
    const waitedMs = performance.now() - since
    if (waitedMs > GATE_MS) throw new Error(`only ${count} of ${workers} threads came to the gate`)
    // With more threads than cores the missing one may need ours.
    if (waitedMs > SPIN_MS) Atomics.wait(arrived, 0, count, SLEEP_MS)
    else Atomics.pause()
  }
  Atomics.notify(arrived, 0)
}

/** What this worker reads in its counter when it is done. */
export const countUp = ({ counter, increments, atomic, gate }: CountUpArgs): number => {
  if (gate !== null) waitForAll(gate.arrived, gate.workers)
  if (atomic) for (let i = 0; i < increments; i++) Atomics.add(counter, 0, 1)
  // Read, add, write: whatever another thread wrote in between is overwritten. That is the point.
  else for (let i = 0; i < increments; i++) counter[0] = (counter[0] ?? 0) + 1
  return counter[0] ?? 0
}

export const countUpTask = defineTask<CountUpArgs, number>(import.meta.url, 'countUp')
