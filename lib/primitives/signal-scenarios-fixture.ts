/** Threads that wait for a word of each other: condition variable, event, semaphores as signals, readers and writers. */
import type { Acquirable } from './acquirable.ts'
import { Barrier } from './barrier.ts'
import { Cancellation } from './cancellation.ts'
import { ConditionVariable } from './condition-variable.ts'
import { CancelledError } from './errors.ts'
import { Event } from './event.ts'
import { Mutex } from './mutex.ts'
import { createRandom, pauseAtRandom } from './random-pauses-fixture.ts'
import { ReadWriteLock } from './read-write-lock.ts'
import { Semaphore } from './semaphore.ts'

export interface Hallway {
  mutex: Int32Array
  notEmpty: Int32Array
  notFull: Int32Array
  /** [0] items there, [1] items put in so far, [2] taken out; all guarded by the mutex. */
  shared: Int32Array
  capacity: number
  items: number
  participant: number
  seed: number
  /** One word for each thread, by participant: what each sets for another now and then, in the middle of its wait. */
  cancellations: Int32Array
}

/** Mostly without limit, else so short that time-outs race with wake-ups. */
const patience = (random: () => number): number => (random() < 0.3 ? random() * 0.3 : Number.POSITIVE_INFINITY)

const falseIfCancelled = (error: unknown): false => {
  if (error instanceof CancelledError) return false
  throw error
}

/** A bounded buffer as textbooks have it: one mutex, two conditions. @returns how many this thread moved */
const move = (direction: 1 | -1, hallway: Hallway): number => {
  const { shared, capacity, items, participant, seed } = hallway
  const mutex = new Mutex(hallway.mutex, participant)
  const mine = new ConditionVariable(direction === 1 ? hallway.notFull : hallway.notEmpty)
  const theirs = new ConditionVariable(direction === 1 ? hallway.notEmpty : hallway.notFull)
  const random = createRandom(seed)
  const moved = direction === 1 ? 1 : 2
  const get = (index: number): number => shared[index] as number
  const canMove = (): boolean => get(moved) === items || (direction === 1 ? get(0) < capacity : get(0) > 0)
  const cancellation = new Cancellation(hallway.cancellations.subarray(participant, participant + 1))
  const waitOnceMore = (): boolean => {
    try {
      return mine.waitFor(mutex, canMove, patience(random), random() < 0.5 ? { cancellation } : {})
    } catch (error) {
      Atomics.store(cancellation.words, 0, 0)
      return falseIfCancelled(error)
    }
  }
  let own = 0
  for (;;) {
    pauseAtRandom(random)
    if (random() < 0.1) hallway.cancellations[Math.floor(random() * hallway.cancellations.length)] = 1
    using _ = mutex.hold()
    // Time-outs and cancellations that race with notifies: one that comes first must leave the wake-up to another.
    while (!waitOnceMore());
    if (get(moved) === items) {
      mine.notifyAll()
      return own
    }
    shared[0] = get(0) + direction
    shared[moved] = get(moved) + 1
    own++
    if (get(moved) === items) mine.notifyAll()
    theirs.notify()
  }
}

export interface ReadingAndWriting {
  lock: Int32Array
  shared: Int32Array
  rounds: number
  writes: boolean
  seed: number
}

const sideOf = ({ lock, writes }: ReadingAndWriting): Acquirable => new ReadWriteLock(lock)[writes ? 'write' : 'read']

/** What is done inside: as a writer, writing. @returns of it: 1 when the words differed */
const createLook =
  ({ shared, writes }: ReadingAndWriting, random: () => number) =>
  (): number => {
    const first = shared[0] as number
    if (writes) shared[0] = first + 1
    pauseAtRandom(random)
    if (writes) shared[1] = first + 1
    return shared[1] === shared[0] && shared[0] === (writes ? first + 1 : first) ? 0 : 1
  }

export const signalScenarios = {
  putIn: (hallway: Hallway): number => move(1, hallway),
  takeOut: (hallway: Hallway): number => move(-1, hallway),

  /**
   * Waits for the event as often as `rounds`, without limit or, with a seed, again and again for so short that time-outs race
   * with it being set; answers each time by counting `shared[0]` up.
   * @returns how often it was told that the time was up
   */
  awaitEvents(data: { event: Int32Array; shared: Int32Array; rounds: number; seed?: number }): number {
    const { event, shared, rounds, seed } = data
    const flag = new Event(event)
    const random = createRandom(seed ?? 1)
    let timeouts = 0
    for (let round = 1; round <= rounds; round++) {
      while (!flag.wait(seed === undefined ? undefined : random() * 0.2)) timeouts++
      Atomics.add(shared, 0, 1)
      Atomics.notify(shared, 0)
      // The next round begins when the other has cleared it and says so.
      for (let seen = Atomics.load(shared, 1); seen < round; seen = Atomics.load(shared, 1))
        Atomics.wait(shared, 1, seen)
    }
    return timeouts
  },

  /** Sets `shared[0]` to 1, waits for the event, or at the barrier, or for a notify at the condition: until it is terminated, mostly. */
  waitOnce(data: { event?: Int32Array; barrier?: Int32Array; condition?: Int32Array; shared: Int32Array }): void {
    const mutex = new Mutex()
    mutex.acquire()
    Atomics.store(data.shared, 0, 1)
    Atomics.notify(data.shared, 0)
    if (data.event) new Event(data.event).wait()
    if (data.barrier) new Barrier(undefined, data.barrier).wait()
    if (data.condition) new ConditionVariable(data.condition).wait(mutex)
  },

  /** Ping-pong: waits on one semaphore, answers on the other. */
  pingPong({ mine, theirs, rounds }: { mine: Int32Array; theirs: Int32Array; rounds: number }): void {
    const [here, there] = [new Semaphore(undefined, mine), new Semaphore(undefined, theirs)]
    for (let round = 0; round < rounds; round++) {
      here.acquire()
      there.release()
    }
  },

  /** `shared[0]` counts who is inside. @returns the most that this thread saw there */
  shareSemaphore(data: { semaphore: Int32Array; shared: Int32Array; rounds: number; seed: number }): number {
    const semaphore = new Semaphore(undefined, data.semaphore)
    const random = createRandom(data.seed)
    let most = 0
    for (let round = 0; round < data.rounds; ) {
      if (!semaphore.tryAcquire(patience(random))) continue
      most = Math.max(most, Atomics.add(data.shared, 0, 1) + 1)
      pauseAtRandom(random)
      Atomics.sub(data.shared, 0, 1)
      semaphore.release()
      round++
    }
    return most
  },

  /** As `readAndWrite`, three tasks of one event loop. */
  async readAndWriteAsync(data: ReadingAndWriting): Promise<number> {
    const task = async (seed: number): Promise<number> => {
      const random = createRandom(seed)
      const look = createLook(data, random)
      let torn = 0
      for (let round = 0; round < data.rounds; ) {
        const side = sideOf(data)
        const controller = new AbortController()
        if (random() < 0.1) setImmediate(() => controller.abort())
        const options = { signal: controller.signal }
        if (!(await side.tryAcquireAsync(patience(random), options).catch(falseIfCancelled))) {
          await new Promise(setImmediate)
          continue
        }
        torn += look()
        side.release()
        round++
        if (random() < 0.1) await new Promise(setImmediate)
      }
      return torn
    }
    const torn = await Promise.all([task(data.seed), task(data.seed + 1), task(data.seed + 2)])
    return torn.reduce((sum, own) => sum + own, 0)
  },

  /** Reads again and again, until `shared[2]` is 1. @returns how often */
  readOn({ lock, shared }: { lock: Int32Array; shared: Int32Array }): number {
    const { read } = new ReadWriteLock(lock)
    let times = 0
    for (; Atomics.load(shared, 2) === 0; times++) {
      read.acquire()
      Atomics.add(shared, 0, 1)
      for (let i = 0; i < 100; i++) Atomics.pause()
      read.release()
    }
    return times
  },

  /** Writes so often beside readers that never stop, then tells them to. @returns how many times it wrote */
  writeAmongReaders({ lock, shared, times }: { lock: Int32Array; shared: Int32Array; times: number }): number {
    const { write } = new ReadWriteLock(lock)
    for (let time = 0; time < times; time++) {
      write.acquire()
      write.release()
    }
    Atomics.store(shared, 2, 1)
    return times
  },

  /**
   * Writers count two plain words up together; readers look whether they ever differ, and count how many read at once.
   * @returns how often the words differed
   */
  readAndWrite(data: ReadingAndWriting): number {
    const side = sideOf(data)
    const random = createRandom(data.seed)
    const look = createLook(data, random)
    let torn = 0
    for (let round = 0; round < data.rounds; ) {
      if (!side.tryAcquire(patience(random))) continue
      torn += look()
      side.release()
      round++
    }
    return torn
  },
}
