/** Traces for the tests: written by hand where a case is meant, arbitrary where a rule is. */
import fc from 'fast-check'
import type { Lane, Span, Trace } from '#lib/contract/trace.ts'

export const laneOf = (id: string, group = 'threads', index = 1): Lane => ({
  id,
  group,
  kind: 'thread',
  index,
  name: id,
  pid: null,
  tid: null,
})

export const spanOf = (lane: string, start: number, duration: number, more: Partial<Span> = {}): Span => ({
  lane,
  name: `${lane} ${start}`,
  kind: 'cpu',
  start,
  duration,
  ...more,
})

export const traceOf = (lanes: Lane[], spans: Span[], more: Partial<Trace> = {}): Trace => ({
  lanes,
  spans,
  flows: [],
  counters: [],
  omitted: 0,
  ...more,
})

const KINDS = ['cpu', 'io', 'wait', 'held', 'idle'] as const

/** Spans of up to three lanes that overlap, nest, touch and have no length, in any order. */
export const arbitrarySpans = (most = 60): fc.Arbitrary<Span[]> =>
  fc.array(
    fc.record({
      lane: fc.constantFrom('a', 'b', 'c'),
      name: fc.constant('x'),
      kind: fc.constantFrom(...KINDS),
      start: fc.oneof(fc.nat(200), fc.double({ min: 0, max: 200, noNaN: true })),
      duration: fc.oneof(fc.nat(40), fc.double({ min: 0, max: 40, noNaN: true })),
      round: fc.option(fc.integer({ min: -1, max: 3 }), { nil: undefined }),
    }),
    { maxLength: most },
  )

export const THREE_LANES: Lane[] = [laneOf('a'), laneOf('b', 'threads', 2), laneOf('c', 'async')]
