/**
 * What a workload is: work that is cut into independent tasks (fork), executed by any executor, and joined into one answer
 * with a checksum. Everything is deterministic from `size`, `tasks` and `seed`; the total work depends on `size` alone, so
 * that cutting finer changes only how it is shared out.
 */
import type { Task } from '../executors/executor.ts'

export type WorkloadSize = 'small' | 'medium' | 'large'

export interface CutOptions {
  size: WorkloadSize
  tasks: number
  seed: number
  /**
   * How large buffers reach the workers. 'shared': in SharedArrayBuffers, read and written in place, which only threads
   * can. 'copied': each task's part travels in its arguments and its result, which is what processes have to do.
   */
  memory: 'shared' | 'copied'
  /** What `generateInput` gave for this size and seed. Cuts read it, or copy what their tasks write to: it stays as it is. */
  input: SharedArrayBuffer
}

/** The answer of a whole workload. `artefact` is what the page may show of it (a picture, percentiles). */
export interface Joined {
  checksum: string
  artefact: Record<string, unknown> | null
}

/** Fills `memory` with what a large workload works on. A task, so that no thread that has to answer computes it. */
export type GenerateArgs = Pick<CutOptions, 'size' | 'seed'> & { memory: SharedArrayBuffer }

export interface GeneratedInput {
  bytes(size: WorkloadSize): number
  task: Task<GenerateArgs, null>
}

/** One round's worth of work. Made anew for each round where tasks write into shared memory. */
export interface Cut<Args, Part, Extra extends object = object> {
  task: Task<Args, Part>
  argsList: Args[]
  /** Estimated work of each task, in any unit, where tasks differ: the largest start first. */
  sizes?: number[]
  /** Puts the parts together, as a task too: for large answers that is work. */
  joinTask: Task<{ parts: Part[] } & Extra, Joined>
  /** What the join needs besides the parts. */
  joinArgs: Extra
  /** Bytes of buffers inside the tasks' arguments, and inside their results, that are copied between memories; 0 when shared. */
  copiedBytes: { toWorkers: number; fromWorkers: number }
}

/** A workload that needs nothing of its surroundings. Those that need a folder or a server take it in a factory. */
export interface Workload<Args, Part, Extra extends object = object> {
  readonly id: string
  /** 'cpu' computes all the time, 'io' waits nearly all the time. */
  readonly kind: 'cpu' | 'io' | 'mixed'
  /** Left out where arguments are small: `input` is empty then. */
  readonly input?: GeneratedInput
  cut(options: CutOptions): Cut<Args, Part, Extra>
}

/** Of workloads whose arguments are small. */
export const NO_INPUT = new SharedArrayBuffer(0)

/** [0, total) cut into at most `tasks` ranges whose lengths differ by at most one; never an empty one. */
export const cutRange = (total: number, tasks: number): { from: number; to: number }[] => {
  const pieces = Math.max(1, Math.min(tasks, total))
  return Array.from({ length: pieces }, (_, i) => ({
    from: Math.floor((i * total) / pieces),
    to: Math.floor(((i + 1) * total) / pieces),
  }))
}

/** A Float64Array in shared memory, or in ordinary memory that is copied when it is sent. */
export const allocateFloat64 = (length: number, memory: CutOptions['memory']): Float64Array =>
  memory === 'shared' ? new Float64Array(new SharedArrayBuffer(length * 8)) : new Float64Array(length)
