/**
 * A share of an allowance that nobody has to ask for: time is cut into slots on the machine's one monotonic clock, each slot is
 * one request and belongs to one client, so threads and processes that never speak to each other keep to the allowance
 * together, and a slot that passes unused is gone, so that no pause can be saved up for a burst. Pure: the moment is handed in.
 */
export interface RateSlotsOptions {
  slotMs: number
  /** Slots come again and again in cycles of this many, of which the user has those at `own`. */
  cycle: number
  own: readonly number[]
  /** How many take turns with the user's slots, and which of them this is, from 0. */
  clients: number
  client: number
}

export class RateSlots {
  readonly #options: RateSlotsOptions
  #last = Number.NEGATIVE_INFINITY

  constructor(options: RateSlotsOptions) {
    const { slotMs, cycle, own, clients, client } = options
    const fits = own.length > 0 && own.every((position) => position >= 0 && position < cycle)
    if (!(slotMs > 0 && Number.isFinite(slotMs) && fits)) throw new RangeError('a client needs a slot within the cycle')
    if (!(client >= 0 && client < clients)) throw new RangeError(`there is no client ${client} of ${clients}`)
    this.#options = options
  }

  /** Takes the slot that is now and answers 0, or takes none and answers the milliseconds until the client's next one. */
  take(nowMs: number): number {
    const { slotMs } = this.#options
    let slot = Math.max(Math.floor(nowMs / slotMs), this.#last + 1)
    while (!this.#isOwn(slot)) slot += 1
    const waitMs = slot * slotMs - nowMs
    if (waitMs > 0) return waitMs
    this.#last = slot
    return 0
  }

  #isOwn(slot: number): boolean {
    const { cycle, own, clients, client } = this.#options
    const place = own.indexOf(slot % cycle)
    return place >= 0 && (Math.floor(slot / cycle) * own.length + place) % clients === client
  }
}
