/**
 * The short spin before sleeping. Waking a sleeping thread costs 30–80 µs across cores; a lock that is held for less is had
 * sooner by looking again. How long is learnt: a moving average of the spins that succeeded, as glibc's adaptive mutex
 * keeps it, bounded so that a spinner whose holder is not running loses little.
 */
export const MAX_SPINS = 100

export class AdaptiveSpin {
  #average = MAX_SPINS / 4

  /** How many looks this time. */
  get limit(): number {
    return Math.min(MAX_SPINS, 2 * this.#average + 10)
  }

  /** After `spins` looks it was had, or not had. */
  learn(spins: number): void {
    this.#average += (spins - this.#average) / 8
  }
}
