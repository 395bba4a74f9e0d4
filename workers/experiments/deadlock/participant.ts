/**
 * The program of each thread: round after round it takes the locks of its plan, one after the other, works and lets them go. What it
 * does where the second can't be had is the policy. In a deadlock it sleeps in `Atomics.wait` until its thread is ended.
 */
import { type LockPlan, locksOf, type Policy, planOf, type Scenario } from '#lib/experiments/deadlock-policies.ts'
import type { Acquirable } from '#lib/primitives/acquirable.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { CancelledError } from '#lib/primitives/errors.ts'
import { Lock } from '#lib/primitives/lock.ts'
import { ReentrantMutex } from '#lib/primitives/reentrant-mutex.ts'
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'
import { defineThreadProgram, type ThreadContext } from '../../threads/thread-program.ts'
import { type BoardMemory, DeadlockBoard } from './board.ts'
import { bothLabel, holdLabel, OUTSIDE, PAUSE, waitLabel } from './span-labels.ts'
import { createWork, type Work, type WorkMemory } from './work.ts'

/** A cache line each, so that who waits for one lock slows down no other. */
export const LOCK_STRIDE = 16

/** The longest first pause; it doubles with each further attempt, up to so many times. */
const PAUSE_MS = 1
const DOUBLINGS = 6

export interface DeadlockShared {
  board: BoardMemory
  /** `LOCK_STRIDE` words for each lock. */
  locks: Int32Array
  work: WorkMemory
}

export interface ParticipantSettings {
  scenario: Scenario
  policy: Policy
  participants: number
  rounds: number
  timeoutMs: number
  jitter: boolean
  seed: number
}

class Participant {
  readonly #thread: ThreadContext<DeadlockShared, ParticipantSettings>
  readonly #board: DeadlockBoard
  readonly #locks: Acquirable[]
  readonly #plan: LockPlan
  readonly #work: Work
  readonly #giveUp: Cancellation
  readonly #random = createSeededRandom(0)
  readonly #bed = new Int32Array(new SharedArrayBuffer(4))

  constructor(thread: ThreadContext<DeadlockShared, ParticipantSettings>) {
    const { index, shared, args } = thread
    const { scenario, policy, participants, seed } = args
    this.#thread = thread
    this.#board = new DeadlockBoard(shared.board)
    this.#locks = Array.from({ length: locksOf(scenario, policy, participants) }, (_, i) => {
      const words = shared.locks.subarray(i * LOCK_STRIDE, (i + 1) * LOCK_STRIDE)
      return policy === 'reentrant' ? new ReentrantMutex(words, index + 1) : new Lock(words)
    })
    this.#plan = planOf(scenario, policy, participants, index)
    this.#work = createWork(scenario, shared.work, index, participants, seed)
    this.#giveUp = new Cancellation(this.#board.giveUpWord(index))
    // A seed of its own for each thread: pausing equally long they would meet again.
    this.#random = createSeededRandom(seed + 1_000 * (index + 1))
  }

  run(): void {
    const { args, index, cancellation, nowUs, startTogether } = this.#thread
    this.#board.begins(startTogether())
    for (let round = 0; round < args.rounds && !cancellation.cancelled; round++) {
      this.#during(OUTSIDE, this.#work.outside)
      this.#take(this.#plan.first)
      for (let failed = 0; !this.#attempt(); failed++) {
        if (cancellation.cancelled) return
        if (args.jitter) this.#giveWay(failed)
        else this.#retryAtOnce()
      }
      this.#board.completedRound(index, nowUs())
    }
  }

  /** With the first lock. @returns whether the round was completed; otherwise it still has the first, and nothing is changed */
  #attempt(): boolean {
    const { first, second, own } = this.#plan
    const locks = this.#locks.length
    const prepares = first === own
    if (prepares) this.#during(holdLabel(locks, first), this.#work.prepare)
    if (second !== null && !this.#takeSecond(second)) {
      if (prepares) this.#work.undo()
      this.#board.retries(this.#thread.index, this.#thread.nowUs())
      return false
    }
    const label = second === null || second === first ? holdLabel(locks, first) : bothLabel(locks, this.#thread.index)
    this.#during(label, () => {
      if (!prepares) this.#work.prepare()
      this.#work.finish()
    })
    if (second !== null && second !== first) this.#letGo(second)
    // Held twice: the inner one is given back, and it is still held.
    if (second === first) this.#lock(second).release()
    this.#letGo(first)
    return true
  }

  #take(lock: number): void {
    this.#waitFor(lock, () => {
      this.#lock(lock).acquire()
      return true
    })
  }

  #takeSecond(lock: number): boolean {
    const { policy } = this.#thread.args
    if (policy === 'timeout') return this.#waitFor(lock, () => this.#tryTwice(lock))
    if (policy === 'detect') return this.#waitFor(lock, () => this.#unlessTold(lock))
    // Its own holder is let in at once: publishing that it wants what it holds would look like a circle of one.
    if (policy === 'reentrant') this.#lock(lock).acquire()
    else this.#take(lock)
    return true
  }

  /**
   * As programs do that have no timed wait: tries, sleeps, tries again. Nobody wakes it, so what is free for a moment in between is
   * missed; a timed wait would be woken by that, and would get it or not by the scheduler's luck.
   */
  #tryTwice(lock: number): boolean {
    if (this.#lock(lock).tryAcquire()) return true
    Atomics.wait(this.#bed, 0, 0, this.#thread.args.timeoutMs)
    return this.#lock(lock).tryAcquire()
  }

  /** Waits until it has it or the watchdog chose this thread to give up. */
  #unlessTold(lock: number): boolean {
    try {
      this.#lock(lock).acquire({ cancellation: this.#giveUp })
      return true
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error
      // The order was for this wait alone. It comes only to one who sleeps in a cycle, so none can come again meanwhile.
      Atomics.store(this.#giveUp.words, 0, 0)
      return false
    }
  }

  #waitFor(lock: number, acquire: () => boolean): boolean {
    const { index, spans, nowUs } = this.#thread
    const startUs = nowUs()
    this.#board.wants(index, lock, startUs)
    spans.enter(waitLabel(lock), startUs)
    const acquired = acquire()
    if (acquired) this.#board.holds(index, lock)
    else this.#board.givesUp(index)
    spans.leave(nowUs())
    return acquired
  }

  #letGo(lock: number): void {
    this.#board.letsGo(this.#thread.index, lock)
    this.#lock(lock).release()
  }

  /** Gives the first lock back, and comes again after a pause that is nobody else's. */
  #giveWay(failed: number): void {
    const { first } = this.#plan
    const longestMs = PAUSE_MS * 2 ** Math.min(failed, DOUBLINGS)
    this.#letGo(first)
    this.#during(PAUSE, () => void Atomics.wait(this.#bed, 0, 0, this.#random.uniform() * longestMs))
    this.#take(first)
  }

  /** Gives the first lock back and takes it again: it is free for less than a microsecond, and who wants it looks at other moments. */
  #retryAtOnce(): void {
    const { first } = this.#plan
    const lock = this.#lock(first)
    this.#board.letsGo(this.#thread.index, first)
    lock.release()
    if (lock.tryAcquire()) this.#board.holds(this.#thread.index, first)
    else this.#take(first)
  }

  #during(label: number, act: () => void): void {
    const { spans, nowUs } = this.#thread
    const startUs = nowUs()
    act()
    spans.record(label, startUs, nowUs())
  }

  #lock(lock: number): Acquirable {
    const found = this.#locks[lock]
    if (found === undefined) throw new RangeError(`there is no lock ${lock}`)
    return found
  }
}

export const participate = (thread: ThreadContext<DeadlockShared, ParticipantSettings>): void =>
  new Participant(thread).run()

export const participateProgram = defineThreadProgram<DeadlockShared, ParticipantSettings, void>(
  import.meta.url,
  'participate',
)
