/** Turns what a consumer's process wrote into its own memory into reports, and reports into the runner's copy of that memory. */
import { AT, type ConsumerMemory, SAMPLE_FIELDS } from './consumer-memory.ts'
import type { ConsumerReport } from './flow-messages.ts'

// Where span-recorder.ts keeps them: how many were written, and how many times stand before the first span's.
const WRITTEN = 0
const LEFT_OUT = 1
const FIRST = 3
const FULL_AT = 2

export class ConsumerReporter {
  readonly #memory: ConsumerMemory
  #spans = 0
  #samples = 0

  constructor(memory: ConsumerMemory) {
    this.#memory = memory
  }

  report(): ConsumerReport {
    const { counts, histogram, samples, spans, state } = this.#memory
    const written = Atomics.load(spans.header, WRITTEN)
    const sampled = samples[0] ?? 0
    const report: ConsumerReport = {
      type: 'report',
      at: Atomics.load(state, AT),
      counts: Float64Array.from(counts),
      histogram: Uint32Array.from(histogram),
      samples: samples.slice(1 + SAMPLE_FIELDS * this.#samples, 1 + SAMPLE_FIELDS * sampled),
      spans: {
        labels: spans.labels.slice(this.#spans, written),
        times: spans.times.slice(FIRST + 2 * this.#spans, FIRST + 2 * written),
        leftOut: Atomics.load(spans.header, LEFT_OUT),
      },
    }
    this.#spans = written
    this.#samples = sampled
    return report
  }
}

/** `into` was created with the same sizes. */
export const takeReport = (into: ConsumerMemory, report: ConsumerReport): void => {
  Atomics.store(into.state, AT, report.at)
  into.counts.set(report.counts)
  into.histogram.set(report.histogram)
  const sampled = into.samples[0] ?? 0
  into.samples.set(report.samples, 1 + SAMPLE_FIELDS * sampled)
  into.samples[0] = sampled + report.samples.length / SAMPLE_FIELDS
  const { header, labels, times } = into.spans
  const written = Atomics.load(header, WRITTEN)
  labels.set(report.spans.labels, written)
  times.set(report.spans.times, FIRST + 2 * written)
  Atomics.store(header, WRITTEN, written + report.spans.labels.length)
  Atomics.store(header, LEFT_OUT, report.spans.leftOut)
  if (report.spans.leftOut > 0 && times[FULL_AT] === Number.POSITIVE_INFINITY) {
    times[FULL_AT] = times[FIRST + 2 * (written + report.spans.labels.length) - 1] ?? 0
  }
}
