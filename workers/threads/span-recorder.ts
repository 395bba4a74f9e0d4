/**
 * Spans of one thread, written into preallocated shared memory while it is hot and read by the crew afterwards: also those
 * of a thread that was terminated, up to the span it was in.
 *
 * What a span is called stands in a list of labels that the crew and the thread share; a span carries the label's position in it.
 * Only a window is kept: from the moment that `keepFrom` names until the memory is full. What lies outside is counted.
 *
 * Memory: header, four int32: [0] spans written [1] spans left out [2] the label of the open span + 1, 0 for none [3] free;
 * labels, a byte a span; times, float64: [0] when the open span began [1] since when spans are kept [2] when the first span for
 * which there was no room began; from [3] on start and end of each span. Microseconds on the run's clock.
 */
import type { SpanKind } from '#lib/contract/trace.ts'

export interface SpanLabel {
  kind: SpanKind
  /** English, as it stands in an exported trace. */
  name: string
}

export interface RecordedSpan extends SpanLabel {
  startUs: number
  endUs: number
}

export interface SpanMemory {
  readonly header: Int32Array
  readonly labels: Uint8Array
  readonly times: Float64Array
}

const WRITTEN = 0
const LEFT_OUT = 1
const OPEN = 2
const OPEN_START = 0
const KEPT_FROM = 1
const FULL_AT = 2
const FIRST = 3

export const createSpanMemory = (capacity: number): SpanMemory => {
  const memory = {
    header: new Int32Array(new SharedArrayBuffer(16)),
    labels: new Uint8Array(new SharedArrayBuffer(Math.max(1, capacity))),
    times: new Float64Array(new SharedArrayBuffer(8 * (FIRST + 2 * capacity))),
  }
  // Touched now, so that the hot thread doesn't wait for the system to find a page.
  memory.labels.fill(1)
  memory.times.fill(1)
  clearSpans(memory)
  return memory
}

/** Before the thread begins. */
export const clearSpans = (memory: SpanMemory): void => {
  memory.header.fill(0)
  memory.times[KEPT_FROM] = 0
  memory.times[FULL_AT] = Number.POSITIVE_INFINITY
}

export class SpanRecorder {
  readonly #header: Int32Array
  readonly #labels: Uint8Array
  readonly #times: Float64Array
  readonly #capacity: number
  #written: number
  #leftOut = 0
  #keptFrom = 0
  #openLabel = 0
  #openStart = 0

  constructor(memory: SpanMemory) {
    this.#header = memory.header
    this.#labels = memory.labels
    this.#times = memory.times
    this.#capacity = (memory.times.length - FIRST) / 2
    this.#written = memory.header[WRITTEN] ?? 0
  }

  /** Spans that end earlier are left out: what a run is like is seen after its beginning. */
  keepFrom(atUs: number): void {
    this.#keptFrom = atUs
    this.#times[KEPT_FROM] = atUs
  }

  /** Whether a span that ends then would be kept: spares a hot loop what it would only measure for the recorder. */
  keeps(endUs: number): boolean {
    return endUs >= this.#keptFrom && this.#written < this.#capacity
  }

  record(label: number, startUs: number, endUs: number): void {
    if (!this.keeps(endUs)) {
      this.#leaveOut(startUs, endUs)
      return
    }
    const at = FIRST + 2 * this.#written
    this.#labels[this.#written] = label
    this.#times[at] = startUs
    this.#times[at + 1] = endUs
    // Read by another thread, perhaps while this one goes on or after it was ended: a span counts once it is whole.
    Atomics.store(this.#header, WRITTEN, ++this.#written)
  }

  /** Begins a span that may never end: should the thread be stopped inside, it is seen up to then. One at a time. */
  enter(label: number, startUs: number): void {
    this.#openLabel = label
    this.#openStart = startUs
    this.#times[OPEN_START] = startUs
    Atomics.store(this.#header, OPEN, label + 1)
  }

  leave(endUs: number): void {
    Atomics.store(this.#header, OPEN, 0)
    this.record(this.#openLabel, this.#openStart, endUs)
  }

  #leaveOut(startUs: number, endUs: number): void {
    if (endUs >= this.#keptFrom && this.#times[FULL_AT] === Number.POSITIVE_INFINITY) this.#times[FULL_AT] = startUs
    // Plain, for it is written in hot loops; whoever reads it has been told that this thread ended.
    this.#header[LEFT_OUT] = ++this.#leftOut
  }
}

/**
 * The spans of all threads in the window that every one of them recorded whole: where one's memory was full, those of the others end, too.
 * `omitted` counts what is not among them. A span still open is taken to last until `nowUs`.
 */
export const readSpans = (
  memories: readonly SpanMemory[],
  labels: readonly SpanLabel[],
  nowUs: number,
): { threads: RecordedSpan[][]; omitted: number } => {
  const cut = Math.min(...memories.map(({ times }) => times[FULL_AT] ?? Number.POSITIVE_INFINITY))
  let omitted = 0
  const threads = memories.map((memory) => {
    const { header, times } = memory
    omitted += Atomics.load(header, LEFT_OUT)
    const spans: RecordedSpan[] = []
    const take = (label: SpanLabel | undefined, startUs: number, endUs: number): void => {
      if (label === undefined || startUs >= cut) omitted++
      else spans.push({ ...label, startUs, endUs: Math.max(startUs, endUs) })
    }
    const written = Atomics.load(header, WRITTEN)
    for (let i = 0; i < written; i++) {
      const at = FIRST + 2 * i
      take(labels[memory.labels[i] ?? -1], times[at] ?? 0, times[at + 1] ?? 0)
    }
    const open = Atomics.load(header, OPEN)
    if (open > 0) take(labels[open - 1], times[OPEN_START] ?? 0, nowUs)
    return spans
  })
  return { threads, omitted }
}
