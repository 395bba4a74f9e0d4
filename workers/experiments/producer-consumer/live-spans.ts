/** The spans of one lane, read while they are being written: each is handed on once, none beyond the moment at which a lane was full. */
import type { Span } from '#lib/contract/trace.ts'
import { readSpans, type SpanLabel, type SpanMemory } from '../../threads/span-recorder.ts'

const FULL_AT = 2

/** From when on some lane has no room: from there on all end, so that what is shown is complete. */
export const fullSinceUs = (memories: readonly SpanMemory[]): number =>
  Math.min(...memories.map(({ times }) => times[FULL_AT] ?? Number.POSITIVE_INFINITY))

export class LiveSpans {
  readonly #lane: string
  readonly #memory: SpanMemory
  readonly #labels: readonly SpanLabel[]
  readonly #round: number | undefined
  #handedOn = 0

  constructor(lane: string, memory: SpanMemory, labels: readonly SpanLabel[], round?: number) {
    this.#lane = lane
    this.#memory = memory
    this.#labels = labels
    this.#round = round
  }

  get memory(): SpanMemory {
    return this.#memory
  }

  drain(cutUs: number): Span[] {
    const [recorded = []] = readSpans([this.#memory], this.#labels, 0).threads
    const fresh = recorded.slice(this.#handedOn)
    this.#handedOn = recorded.length
    return fresh
      .filter(({ startUs }) => startUs < cutUs)
      .map(({ kind, name, startUs, endUs }) => ({
        lane: this.#lane,
        name,
        kind,
        start: startUs,
        duration: endUs - startUs,
        ...(this.#round === undefined ? {} : { round: this.#round }),
      }))
  }

  /** What was not kept of this lane; asked once, at the end. */
  omitted(): number {
    return readSpans([this.#memory], this.#labels, 0).omitted
  }
}
