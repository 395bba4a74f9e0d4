/**
 * Sorts the spans of one lane into those that nest, which a viewer stacks, and those that overlap without nesting, which need
 * tracks of their own. All moments are on a grid of 1/8 µs, whose sums binary numbers represent exactly: with decimal fractions
 * `start + duration` of a child can come out a hair after its parent's end, and a viewer would show neither.
 */
import type { Span } from '../contract/trace.ts'

const GRID_PER_US = 8

/** The nearest moment on the grid that is not negative. */
export const onGrid = (us: number): number => Math.max(0, Math.round(us * GRID_PER_US)) / GRID_PER_US

/** The grid's step in microseconds. */
export const GRID_STEP_US = 1 / GRID_PER_US

export interface Slice {
  span: Span
  start: number
  end: number
}

export interface LaneSlices {
  /** By start, the longer first where starts are equal: parents before children. */
  nested: Slice[]
  overlapping: Slice[]
  /** Those of `nested` that lie in no other: disjoint, ascending. */
  outermost: Slice[]
}

/**
 * A span that says it may overlap (`overlapId`) goes to the overlapping ones, and so does one that would cut across an earlier
 * one. Spans whose moments are no finite numbers are in neither.
 */
export const sortIntoNests = (spans: readonly Span[]): LaneSlices => {
  const slices: Slice[] = []
  for (const span of spans) {
    const start = onGrid(span.start)
    // Start and end are rounded, and not the duration: rounding never changes their order, so what nested still nests.
    const end = Math.max(start, onGrid(span.start + span.duration))
    if (Number.isFinite(start) && Number.isFinite(end)) slices.push({ span, start, end })
  }
  slices.sort((a, b) => a.start - b.start || b.end - a.end)
  const sorted: LaneSlices = { nested: [], overlapping: [], outermost: [] }
  const open: Slice[] = []
  for (const slice of slices) {
    let parent = open.at(-1)
    while (parent !== undefined && parent.end <= slice.start) {
      open.pop()
      parent = open.at(-1)
    }
    if (slice.span.overlapId !== undefined || (parent !== undefined && slice.end > parent.end)) {
      sorted.overlapping.push(slice)
      continue
    }
    if (parent === undefined) sorted.outermost.push(slice)
    open.push(slice)
    sorted.nested.push(slice)
  }
  return sorted
}
