/** Flow arrows sorted by where they begin in time, so that those that cross a view are found without looking at all of them. */
import type { Flow } from '#lib/contract/trace.ts'

const beginning = (flow: Flow): number => Math.min(flow.from.at, flow.to.at)

export class FlowIndex {
  #flows: Flow[] = []
  #longest = 0

  get length(): number {
    return this.#flows.length
  }

  append(flow: Flow): void {
    this.#longest = Math.max(this.#longest, Math.abs(flow.to.at - flow.from.at))
    const begins = beginning(flow)
    let i = this.#flows.length
    const last = this.#flows[i - 1]
    if (last !== undefined && beginning(last) > begins) i = this.#firstFrom(begins)
    this.#flows.splice(i, 0, flow)
  }

  #firstFrom(time: number): number {
    let low = 0
    let high = this.#flows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const flow = this.#flows[middle]
      if (flow !== undefined && beginning(flow) >= time) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Those that are somewhere between the two moments; where there are more than `limit`, every n-th of them. */
  crossing(from: number, to: number, limit: number): { flows: Flow[]; all: number } {
    const found: Flow[] = []
    for (let i = this.#firstFrom(from - this.#longest); i < this.#flows.length; i++) {
      const flow = this.#flows[i]
      if (flow === undefined || beginning(flow) > to) break
      if (Math.max(flow.from.at, flow.to.at) >= from) found.push(flow)
    }
    if (found.length <= limit) return { flows: found, all: found.length }
    const step = found.length / limit
    return {
      flows: Array.from({ length: limit }, (_, i) => found[Math.floor(i * step)]).filter((flow) => flow !== undefined),
      all: found.length,
    }
  }
}
