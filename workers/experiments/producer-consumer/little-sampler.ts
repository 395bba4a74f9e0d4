/**
 * Samples how many messages are in the system (due and not yet let in, in the queue, in a consumer's hands) from the outside, while the
 * flow goes on: the L of Little's law, from nothing that λ and W are computed from. Every sample weighs as long as it stood for,
 * since timers come late on a busy machine.
 */
export class LittleSampler {
  #lastUs: number | null = null
  #lastInside = 0
  #area = 0
  #samples = 0

  take(nowUs: number, inside: number): void {
    // Between two samples the mean of both: rising and falling weigh alike.
    if (this.#lastUs !== null) this.#area += ((nowUs - this.#lastUs) * (inside + this.#lastInside)) / 2
    this.#samples++
    this.#lastUs = nowUs
    this.#lastInside = inside
  }

  get samples(): number {
    return this.#samples
  }

  /** The mean over that time, before and after which nothing was inside. */
  meanOver(elapsedUs: number): number {
    return elapsedUs > 0 ? this.#area / elapsedUs : 0
  }
}
