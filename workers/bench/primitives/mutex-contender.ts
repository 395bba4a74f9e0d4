/** A thread of the contended mutex figure: told a lock and for how long, it holds it for about 1 µs, again and again. */
import { parentPort } from 'node:worker_threads'
import { Lock } from '#lib/primitives/lock.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { TicketLock } from '#lib/primitives/ticket-lock.ts'

export interface ContentionOrder {
  lock: 'Mutex' | 'Lock' | 'TicketLock'
  words: Int32Array
  /** [0] 1 = go, [1] 1 = stop; [2] … [3] what the lock guards. */
  shared: Int32Array
}

/** Dependent multiplications, about a nanosecond each. */
const HELD_STEPS = 700

const open = ({ lock, words }: ContentionOrder): Mutex | Lock | TicketLock => {
  if (lock === 'Mutex') return new Mutex(words)
  return lock === 'Lock' ? new Lock(words) : new TicketLock(words)
}

parentPort?.on('message', (order: ContentionOrder) => {
  const { shared } = order
  const lock = open(order)
  let acquisitions = 0
  Atomics.wait(shared, 0, 0)
  while (Atomics.load(shared, 1) === 0) {
    lock.acquire()
    let value = shared[2] as number
    for (let i = 0; i < HELD_STEPS; i++) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0
    shared[2] = value
    // Counted without atomics: should two have been inside together, the sum of the threads tells.
    shared[3] = (shared[3] as number) + 1
    lock.release()
    acquisitions++
  }
  parentPort?.postMessage(acquisitions)
})
