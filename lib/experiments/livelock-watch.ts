/**
 * The rule by which a run counts as livelocked: for a stated time no thread has completed a round, while attempts were given up
 * and begun again all along. Sleeping is no livelock, and neither is being slow: one completed round begins the time anew.
 */

export const LIVELOCK_AFTER_MS = 1_000
/** Fewer retries in that time could be few long waits as well. */
export const LIVELOCK_RETRIES = 20

export interface Livelock {
  withoutProgressMs: number
  /** Given up and begun again in that time. */
  retries: number
}

export class LivelockWatch {
  #since: { atMs: number; rounds: number; retries: number } | null = null

  /** Totals of all threads, and the moment. @returns the livelock, once there is one */
  look(atMs: number, rounds: number, retries: number): Livelock | null {
    if (this.#since === null || this.#since.rounds !== rounds) {
      this.#since = { atMs, rounds, retries }
      return null
    }
    const withoutProgressMs = atMs - this.#since.atMs
    const since = retries - this.#since.retries
    if (withoutProgressMs < LIVELOCK_AFTER_MS || since < LIVELOCK_RETRIES) return null
    return { withoutProgressMs, retries: since }
  }
}
