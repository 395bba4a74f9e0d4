/**
 * What one thread notes about its run: every wait with whom it was for, how long it worked and held, and the arrows from the
 * moment somebody signalled to the moment it woke up. The spans go to the crew's recorder; the rest are sums and short lists.
 */
import { work } from '../../measuring/calibrated-work.ts'
import type { ThreadContext } from '../../threads/thread-program.ts'

/** Positions in the labels that the crew is given. */
export const WAITING = 0
export const HOLDING = 1
export const WORKING = 2

const MOST_FLOWS = 300

export interface LedgerFlow {
  from: number
  fromUs: number
  toUs: number
}

export interface ThreadAccount {
  startUs: number
  endUs: number
  waitsUs: number[]
  /** Of those waits that were ended by a signal: from the signal to waking up. */
  wakeUpsUs: number[]
  /** By thread: how long this one waited for it. */
  waitedForUs: number[]
  heldUs: number
  workedUs: number
  /** Woken although what it waited for was not so. */
  spurious: number
  /** Slept until the watchdog, although what it waited for was so: the signal had come before. */
  lost: number
  /** Came when what it wanted was there already. */
  already: number
  /** condition: what it took, in order; 0 where nothing was there. */
  taken: number[]
  takenFromEmpty: number
  /** Items, announcements, phases or volleys that it completed. */
  completed: number
  flows: LedgerFlow[]
}

export class ThreadLedger {
  readonly account: ThreadAccount
  readonly #thread: Pick<ThreadContext<unknown, unknown>, 'spans' | 'nowUs'>

  constructor(thread: Pick<ThreadContext<unknown, unknown>, 'spans' | 'nowUs'>, threads: number) {
    this.#thread = thread
    this.account = {
      ...{ startUs: 0, endUs: 0, waitsUs: [], wakeUpsUs: [], waitedForUs: new Array<number>(threads).fill(0) },
      ...{ heldUs: 0, workedUs: 0, spurious: 0, lost: 0, already: 0 },
      ...{ taken: [], takenFromEmpty: 0, completed: 0, flows: [] },
    }
  }

  work(steps: number): void {
    if (steps <= 0) return
    const startUs = this.#thread.nowUs()
    work(steps)
    const endUs = this.#thread.nowUs()
    this.account.workedUs += endUs - startUs
    this.#thread.spans.record(WORKING, startUs, endUs)
  }

  held(startUs: number, endUs: number): void {
    this.account.heldUs += endUs - startUs
    this.#thread.spans.record(HOLDING, startUs, endUs)
  }

  /** A wait that began then and is over now. `signal`: who ended it and when it said so; null where nobody did. @returns now */
  waited(startUs: number, signal: { by: number; atUs: number } | null): number {
    const endUs = this.#thread.nowUs()
    this.account.waitsUs.push(endUs - startUs)
    this.#thread.spans.record(WAITING, startUs, endUs)
    if (signal === null) return endUs
    const { waitedForUs, wakeUpsUs, flows } = this.account
    waitedForUs[signal.by] = (waitedForUs[signal.by] ?? 0) + endUs - startUs
    // Said before this wait began: it found it so, nobody woke it up.
    if (signal.atUs < startUs || signal.atUs > endUs) return endUs
    wakeUpsUs.push(endUs - signal.atUs)
    if (flows.length < MOST_FLOWS) flows.push({ from: signal.by, fromUs: signal.atUs, toUs: endUs })
    return endUs
  }
}
