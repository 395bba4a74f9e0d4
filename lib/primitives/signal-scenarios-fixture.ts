/** Threads that wait for a word of each other: condition variable, event, semaphores as signals, readers and writers. */
import { ConditionVariable } from './condition-variable.ts'
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
}

/** Mostly without limit, else so short that time-outs race with wake-ups. */
const patience = (random: () => number): number => (random() < 0.3 ? random() * 0.3 : Number.POSITIVE_INFINITY)

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
  let own = 0
  for (;;) {
    pauseAtRandom(random)
    using _ = mutex.hold()
    // Time-outs that race with notifies: one that comes first must leave the wake-up to another.
    while (!mine.waitFor(mutex, canMove, patience(random)));
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

export const signalScenarios = {
  putIn: (hallway: Hallway): number => move(1, hallway),
  takeOut: (hallway: Hallway): number => move(-1, hallway),

  /** Waits for the event as often as `rounds`; answers each time by counting `shared[0]` up. */
  awaitEvents({ event, shared, rounds }: { event: Int32Array; shared: Int32Array; rounds: number }): void {
    const flag = new Event(event)
    for (let round = 1; round <= rounds; round++) {
      flag.wait()
      Atomics.add(shared, 0, 1)
      Atomics.notify(shared, 0)
      // The next round begins when the other has cleared it and says so.
      for (let seen = Atomics.load(shared, 1); seen < round; seen = Atomics.load(shared, 1))
        Atomics.wait(shared, 1, seen)
    }
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

  /**
   * Writers count two plain words up together; readers look whether they ever differ, and count how many read at once.
   * @returns how often the words differed
   */
  readAndWrite(data: { lock: Int32Array; shared: Int32Array; rounds: number; writes: boolean; seed: number }): number {
    const { shared } = data
    const lock = new ReadWriteLock(data.lock)
    const side = data.writes ? lock.write : lock.read
    const random = createRandom(data.seed)
    let torn = 0
    for (let round = 0; round < data.rounds; ) {
      if (!side.tryAcquire(patience(random))) continue
      const first = shared[0] as number
      if (data.writes) shared[0] = first + 1
      pauseAtRandom(random)
      if (data.writes) shared[1] = (shared[1] as number) + 1
      else if (shared[1] !== first) torn++
      side.release()
      round++
    }
    return torn
  },
}
