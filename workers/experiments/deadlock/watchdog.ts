/**
 * Looks at the board every so often, from outside the threads, and acts on what it sees: a cycle is ended, or broken by making one
 * of it give up; retries without progress are recognised by the rule of livelock-watch.ts. Looking is a few reads of shared
 * memory, so the thread that organises can do it.
 */
import type { Policy } from '#lib/experiments/deadlock-policies.ts'
import { type Livelock, LivelockWatch } from '#lib/experiments/livelock-watch.ts'
import { chooseVictim, findCycle } from '#lib/experiments/wait-for-graph.ts'
import type { BoardMoment, BoardTotals, DeadlockBoard } from './board.ts'

/** A cycle as it was seen; moments in µs on the run's clock. */
export interface Detection {
  moment: BoardMoment
  circle: number[]
  /** When the last of the circle began to wait. */
  closedAtUs: number
  atUs: number
}

export type Stuck =
  | { how: 'deadlocked'; detection: Detection; atUs: number }
  | { how: 'livelocked'; livelock: Livelock; atUs: number; sinceUs: number }

export interface WatchdogOptions {
  board: DeadlockBoard
  policy: Policy
  everyMs: number
  nowUs(): number
  /** Wakes who sleeps at a lock, so that it sees that it was told to give up. */
  wake(lock: number): void
  /** At each look, once the threads have begun. */
  onLook(totals: BoardTotals, atUs: number): void
  /** At most once. */
  onStuck(stuck: Stuck): void
}

export class Watchdog implements Disposable {
  /** All that were seen; a cycle that still stands at the next look counts once. */
  readonly detections: Detection[] = []
  /** The moment at which most threads waited. */
  busiest: BoardMoment | null = null
  readonly #options: WatchdogOptions
  readonly #livelock = new LivelockWatch()
  readonly #toldBefore: number[]
  readonly #timer: NodeJS.Timeout
  #stuck = false

  constructor(options: WatchdogOptions) {
    this.#options = options
    this.#toldBefore = options.board.counts().rounds.map(() => 0)
    this.#timer = setInterval(() => this.look(), options.everyMs)
  }

  look(): void {
    const { board, onLook, nowUs } = this.#options
    if (this.#stuck || board.beganUs === null) return
    const totals = board.totals()
    const atUs = nowUs()
    onLook(totals, atUs)
    const moment = board.look()
    if (moment !== null) this.#consider(moment, atUs)
    const livelock = this.#livelock.look(atUs / 1000, totals.rounds, totals.retries)
    if (livelock !== null && !this.#stuck) {
      this.#end({ how: 'livelocked', livelock, atUs, sinceUs: atUs - livelock.withoutProgressMs * 1000 })
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #consider(moment: BoardMoment, atUs: number): void {
    if (waitersOf(moment) > waitersOf(this.busiest)) this.busiest = moment
    const circle = findCycle(moment)
    if (circle === null) return
    if (!this.#isKnown(moment, circle)) {
      const closedAtUs = Math.max(...circle.map((thread) => moment.sinceUs[thread] ?? 0))
      const detection: Detection = { moment, circle, closedAtUs, atUs }
      this.detections.push(detection)
      const { policy } = this.#options
      if (policy === 'detect') this.#tell(chooseVictim(circle, this.#toldBefore), moment)
      // A time-out will break it without us.
      else if (policy !== 'timeout') this.#end({ how: 'deadlocked', detection, atUs })
    }
  }

  /** The same threads in the same waits as when it was seen last. */
  #isKnown(moment: BoardMoment, circle: readonly number[]): boolean {
    const last = this.detections.at(-1)
    return (
      last !== undefined &&
      last.circle.length === circle.length &&
      circle.every((thread, i) => last.circle[i] === thread && last.moment.changes[thread] === moment.changes[thread])
    )
  }

  #tell(victim: number, moment: BoardMoment): void {
    this.#toldBefore[victim] = (this.#toldBefore[victim] ?? 0) + 1
    Atomics.store(this.#options.board.giveUpWord(victim), 0, 1)
    const lock = moment.wants[victim] ?? null
    if (lock !== null) this.#options.wake(lock)
  }

  #end(stuck: Stuck): void {
    this.#stuck = true
    this.#options.onStuck(stuck)
  }
}

const waitersOf = (moment: BoardMoment | null): number => moment?.wants.filter((lock) => lock !== null).length ?? 0
