/** The memory that the threads of one run share, and what each is told. Made anew for every run. */
import type { CoordinationBug, CoordinationScenario } from '#lib/experiments/coordination-kinds.ts'
import { Barrier } from '#lib/primitives/barrier.ts'
import { ConditionVariable } from '#lib/primitives/condition-variable.ts'
import { Event } from '#lib/primitives/event.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { Semaphore } from '#lib/primitives/semaphore.ts'

/** Who signalled last and when, kept beside what was signalled; written before the signal, read after the wake-up. */
export interface Stamps {
  by: Int32Array
  atUs: Float64Array
}

export interface CoordinationMemory {
  mutex: Int32Array
  notEmpty: Int32Array
  notFull: Int32Array
  /** condition: see buffer.ts; event: [0] announcements made; ping-pong: one for each pair: volleys left. */
  state: Int32Array
  /** condition: the slots of the buffer. */
  slots: Int32Array
  /** event: two events that take turns. */
  events: readonly Int32Array[]
  barrier: Int32Array
  /** event: [0] acknowledgements; ping-pong: two for each pair. */
  semaphores: readonly Int32Array[]
  stamps: Stamps
  /** The same for those who made room. */
  roomStamps: Stamps
}

export interface CoordinationArgs {
  scenario: CoordinationScenario
  bug: CoordinationBug
  items: number
  capacity: number
  watchdogMs: number
  /** Steps of work, a number for each item, announcement, phase or volley of this thread; it begins again at the end. */
  steps: readonly number[]
}

const stamps = (count: number): Stamps => ({
  by: new Int32Array(new SharedArrayBuffer(4 * count)),
  atUs: new Float64Array(new SharedArrayBuffer(8 * count)),
})

export const createMemory = (threads: number, items: number, capacity: number): CoordinationMemory => ({
  mutex: new Mutex().words,
  notEmpty: new ConditionVariable().words,
  notFull: new ConditionVariable().words,
  state: new Int32Array(new SharedArrayBuffer(4 * Math.max(8, threads))),
  slots: new Int32Array(new SharedArrayBuffer(4 * capacity)),
  events: [new Event().words, new Event().words],
  barrier: new Barrier(threads).words,
  semaphores: Array.from({ length: threads }, () => new Semaphore(0).words),
  // condition: one for each item; else one for each thread and turn.
  stamps: stamps(Math.max(items, 2 * threads)),
  roomStamps: stamps(Math.max(items, 2 * threads)),
})
