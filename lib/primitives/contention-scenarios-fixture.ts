/**
 * Threads that contend for something that excludes all others, adding to a counter without atomics: should two ever be
 * inside together, additions are lost. Each way of acquiring is drawn at random, those that may fail included.
 */
import type { Acquirable } from './acquirable.ts'
import { type AcquirableName, openAcquirable } from './acquirables-fixture.ts'
import { Cancellation } from './cancellation.ts'
import { CancelledError } from './errors.ts'
import { createRandom, pauseAtRandom } from './random-pauses-fixture.ts'

export interface Contention {
  name: AcquirableName
  words: Int32Array
  /** [0] the unguarded counter, [1] 1 = go, [2] 1 = stop. */
  shared: Int32Array
  participant: number
  seed: number
  /** Ends for all when they were inside so often, together. */
  times?: number
  /** [0] becomes 1 when this thread was inside for the first time. */
  began?: Int32Array
}

const COUNTER = 0
const GO = 1
const STOP = 2

const neverInTime = new Cancellation()
neverInTime.cancel()

/** @returns what `attempt` says; false when it was cancelled */
const unlessCancelled = (attempt: () => void): boolean => {
  try {
    attempt()
    return true
  } catch (error) {
    if (error instanceof CancelledError) return false
    throw error
  }
}

const enter = (lock: Acquirable, random: () => number): boolean => {
  const way = random()
  if (way < 0.1) return lock.tryAcquire()
  if (way < 0.25) return lock.tryAcquire(random() * 0.3)
  if (way < 0.35) return unlessCancelled(() => lock.acquire({ cancellation: neverInTime }))
  lock.acquire()
  return true
}

const enterAsync = async (lock: Acquirable, random: () => number): Promise<boolean> => {
  const way = random()
  if (way < 0.1) return lock.tryAcquireAsync()
  if (way < 0.25) return lock.tryAcquireAsync(random() * 2)
  if (way < 0.35) {
    const controller = new AbortController()
    setImmediate(() => controller.abort())
    return lock.acquireAsync({ signal: controller.signal }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof CancelledError) return false
        throw error
      },
    )
  }
  await lock.acquireAsync()
  return true
}

const addOne = (shared: Int32Array, random: () => number, times = Number.POSITIVE_INFINITY): void => {
  const before = shared[COUNTER] as number
  pauseAtRandom(random)
  shared[COUNTER] = before + 1
  if (before + 1 >= times) Atomics.store(shared, STOP, 1)
}

export const sayBegun = (began?: Int32Array): void => {
  if (began === undefined) return
  Atomics.store(began, 0, 1)
  Atomics.notify(began, 0)
}

const waitForGo = (shared: Int32Array): void => {
  Atomics.wait(shared, GO, 0)
}

const stopped = (shared: Int32Array): boolean => Atomics.load(shared, STOP) === 1

export const contentionScenarios = {
  /** @returns how often it was inside */
  contend({ name, words, shared, participant, seed, times, began }: Contention): number {
    const lock = openAcquirable(name, words, participant)
    const random = createRandom(seed)
    let inside = 0
    waitForGo(shared)
    while (!stopped(shared)) {
      if (!enter(lock, random)) continue
      addOne(shared, random, times)
      if (++inside === 1) sayBegun(began)
      lock.release()
      pauseAtRandom(random)
    }
    return inside
  },

  /** Three tasks of one event loop. */
  async contendAsync({ name, words, shared, participant, seed, times }: Contention): Promise<number> {
    let inside = 0
    const task = async (number: number): Promise<void> => {
      const lock = openAcquirable(name, words, participant * 3 + number)
      const random = createRandom(seed + number)
      while (!stopped(shared)) {
        if (!(await enterAsync(lock, random))) {
          await new Promise(setImmediate)
          continue
        }
        addOne(shared, random, times)
        inside++
        lock.release()
        // Lets the event loop turn, or a run of acquisitions at once would never see the others' messages.
        if (random() < 0.1) await new Promise(setImmediate)
      }
    }
    waitForGo(shared)
    await Promise.all([task(0), task(1), task(2)])
    return inside
  },

  /** Acquires, sets `shared[0]` to 1, and stays inside until it is terminated. */
  holdForEver({ name, words, shared, participant }: Omit<Contention, 'seed' | 'times' | 'began'>): void {
    openAcquirable(name, words, participant).acquire()
    Atomics.store(shared, COUNTER, 1)
    Atomics.notify(shared, COUNTER)
    for (;;) Atomics.wait(shared, STOP, 0)
  },

  /** Sets `shared[0]` to 1, then acquires, and releases. */
  acquireOnce(data: Omit<Contention, 'seed' | 'times' | 'began'> & { cancellation?: Int32Array }): string {
    const lock = openAcquirable(data.name, data.words, data.participant)
    const cancellation = data.cancellation && new Cancellation(data.cancellation)
    Atomics.store(data.shared, COUNTER, 1)
    Atomics.notify(data.shared, COUNTER)
    if (!unlessCancelled(() => lock.acquire({ cancellation }))) return 'cancelled'
    lock.release()
    return 'acquired'
  },
}
