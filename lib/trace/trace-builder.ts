/**
 * Puts a trace together from the batches in which it arrives, and keeps it within bounds however long the run is. Over the limit
 * whole windows are left out, never single spans of one, so that what is shown is as dense and as tangled as it was: first
 * the warm-up rounds, then every second round of those left, down to one; then, evenly over time, stretches of it. Start-up is
 * always kept. `omitted` counts what was left out, here and at the source.
 */
import type { SpanBatch } from '../contract/run-event.ts'
import type { CounterSeries, Lane, Span, Trace } from '../contract/trace.ts'
import { downsample } from './downsample.ts'

export interface TraceLimits {
  spans: number
  flows: number
  /** Per counter; above it a counter keeps its minima and maxima. */
  points: number
}

export const DEFAULT_TRACE_LIMITS: TraceLimits = { spans: 20_000, flows: 5_000, points: 5_000 }

/** The first width of a window in time, in microseconds: long enough to see threads take turns. */
const WINDOW_US = 20_000

const FEW_WINDOWS = 8

export class TraceBuilder {
  readonly #limits: TraceLimits
  readonly #lanes: Lane[] = []
  readonly #lanePositions = new Map<string, number>()
  readonly #counters: CounterSeries[] = []
  readonly #counterPositions = new Map<string, number>()
  #spans: Span[] = []
  #flows: Trace['flows'] = []
  #flowsSeen = 0
  #flowStep = 1
  #omitted = 0
  /** Rounds that are multiples of it are kept; 0 before anything was left out, when warm-up rounds are kept, too. */
  #roundStep = 0
  /** Spans that start in the first `#windowUs` of each `#periodUs` since `#originUs` are kept; null: all are. */
  #windows: { originUs: number; windowUs: number; periodUs: number } | null = null

  constructor(limits: Partial<TraceLimits> = {}) {
    this.#limits = { ...DEFAULT_TRACE_LIMITS, ...limits }
  }

  /** As it stands now: not a copy, so it is read before the next addition. */
  get trace(): Trace {
    return {
      lanes: this.#lanes,
      spans: this.#spans,
      flows: this.#flows,
      counters: this.#counters,
      omitted: this.#omitted,
    }
  }

  /** A lane that is known already is replaced. */
  addLane(lane: Lane): void {
    const position = this.#lanePositions.get(lane.id) ?? this.#lanes.length
    this.#lanePositions.set(lane.id, position)
    this.#lanes[position] = lane
  }

  addSpans(batch: SpanBatch): void {
    this.#omitted += batch.omitted ?? 0
    for (const span of batch.spans) {
      if (!this.#keeps(span)) {
        this.#omitted++
        continue
      }
      this.#spans.push(span)
      while (this.#spans.length > this.#limits.spans) this.#leaveOut()
    }
    for (const flow of batch.flows ?? []) {
      if (this.#flowsSeen++ % this.#flowStep !== 0) continue
      this.#flows.push(flow)
      if (this.#flows.length <= this.#limits.flows) continue
      this.#flows = this.#flows.filter((_, index) => index % 2 === 0)
      this.#flowStep *= 2
    }
  }

  /** A batch of a known counter continues it. */
  addCounters(batches: readonly CounterSeries[]): void {
    for (const batch of batches) {
      const position = this.#counterPositions.get(batch.id)
      const former = position === undefined ? undefined : this.#counters[position]
      if (position === undefined || former === undefined) {
        this.#counterPositions.set(batch.id, this.#counters.length)
        this.#counters.push({ ...batch, ...downsample(batch, this.#limits.points) })
        continue
      }
      const grown = { times: former.times.concat(batch.times), values: former.values.concat(batch.values) }
      // Thinned to half, so that not every further batch has to thin again.
      const kept = grown.times.length > this.#limits.points ? downsample(grown, this.#limits.points / 2) : grown
      this.#counters[position] = { ...former, ...kept }
    }
  }

  #keeps({ kind, round, start }: Span): boolean {
    if (kind === 'startup') return true
    if (round !== undefined && this.#roundStep > 0 && (round < 0 || round % this.#roundStep !== 0)) return false
    if (this.#windows === null) return true
    const { originUs, windowUs, periodUs } = this.#windows
    const offset = (start - originUs) % periodUs
    return (offset < 0 ? offset + periodUs : offset) < windowUs
  }

  /** By the next coarser choice; where none is left (they all start within a microsecond), the span that came last. */
  #leaveOut(): void {
    const before = this.#spans.length
    if (this.#windows !== null && this.#windows.windowUs < 1) {
      this.#spans.pop()
    } else {
      this.#coarsen()
      this.#spans = this.#spans.filter((span) => this.#keeps(span))
    }
    this.#omitted += before - this.#spans.length
  }

  #coarsen(): void {
    if (this.#roundStep === 0) {
      this.#roundStep = 1
      return
    }
    // Start-up can't be left out: looked at here, it would ask for coarser choices for ever.
    const others = this.#spans.filter((span) => span.kind !== 'startup')
    if (others.some(({ round = 0 }) => round > 0)) {
      this.#roundStep *= 2
      return
    }
    let first = Number.POSITIVE_INFINITY
    let end = 0
    for (const { start } of others) {
      first = Math.min(first, start)
      end = Math.max(end, start)
    }
    const originOfAll = Number.isFinite(first) ? first : 0
    this.#windows ??= { originUs: originOfAll, windowUs: WINDOW_US, periodUs: WINDOW_US }
    const { originUs, windowUs, periodUs } = this.#windows
    // While there are few windows they become shorter, so that one sees several moments of the run instead of one.
    const few = end - originUs < FEW_WINDOWS * periodUs
    this.#windows = { originUs, windowUs: few ? windowUs / 2 : windowUs, periodUs: few ? periodUs : periodUs * 2 }
  }
}
