/** The trace of what an executor did: a span for each call that ran, with those inside it, and one for each worker's start. */
import type { Span, SpanKind } from '#lib/contract/trace.ts'
import type { Executor, TaskOutcome } from './executor.ts'

export interface SpanNames {
  /** What a call is named; by its place in the list where that is told. */
  name: string | ((index: number) => string)
  /** What the calls do: compute or wait. */
  kind: SpanKind
  round?: number
}

/** Of calls that never started there is nothing to draw. Those of the `async` executor overlap, and get an `overlapId` each. */
export const spansOf = (
  executor: Pick<Executor, 'strategy'>,
  outcomes: readonly TaskOutcome<unknown>[],
  names: SpanNames,
): Span[] => {
  const spans: Span[] = []
  const add = (lane: string, name: string, kind: SpanKind, start: number, duration: number, id: string): void => {
    const span: Span = { lane, name, kind, start, duration }
    if (names.round !== undefined) span.round = names.round
    if (executor.strategy === 'async') span.overlapId = id
    spans.push(span)
  }
  for (const [index, { report }] of outcomes.entries()) {
    const { lane, startedUs, finishedUs } = report
    if (finishedUs === 0) continue
    // One line of an event loop has one call at a time, so lane, line and moment are nobody else's.
    const id = `${lane}:${report.worker}:${startedUs}`
    const name = typeof names.name === 'string' ? names.name : names.name(index)
    add(lane, name, names.kind, startedUs, Math.max(0, finishedUs - startedUs), id)
    for (const [number, inner] of report.spans.entries()) {
      add(lane, inner.name, inner.kind, inner.startUs, inner.durationUs, `${id}:${number}`)
    }
  }
  return spans
}

export const startupSpansOf = (executor: Pick<Executor, 'startups'>): Span[] =>
  executor.startups().map(({ lane, startUs, durationUs }) => ({
    lane,
    name: 'start',
    kind: 'startup',
    start: startUs,
    duration: durationUs,
  }))
