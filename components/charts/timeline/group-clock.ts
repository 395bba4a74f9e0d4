/**
 * Where on the picture's clock a group stands. All groups share the run's clock; looking at one round, their starts can be lined up, because
 * rounds are interleaved and what a reader compares is how long each took. A group then shows only its part of that round, moved
 * to zero. Display time = time of the run − `offset`.
 */
import type { Extent, SpanIndex } from './span-index.ts'

export interface GroupWindow {
  offset: number
  from: number
  to: number
}

export interface Focus {
  /** null: all rounds. */
  round: number | null
  linedUp: boolean
}

const WHOLE: GroupWindow = { offset: 0, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** The rounds in the order in which they ran: warm-up first. */
export const roundsOf = (index: SpanIndex): number[] => [...index.rounds.keys()].sort((a, b) => a - b)

export function groupWindow(index: SpanIndex, focus: Focus, group: string): GroupWindow | null {
  if (focus.round === null) {
    if (!focus.linedUp) return WHOLE
    const extent = index.groupExtents.get(group)
    return extent === undefined ? null : { offset: extent.from, ...extent }
  }
  const extent = index.rounds.get(focus.round)?.groups.get(group)
  if (extent === undefined) return null
  return focus.linedUp ? { offset: extent.from, ...extent } : { offset: 0, ...extent }
}

/** What there is to see on the display clock; undefined when nothing is. */
export function displayExtent(index: SpanIndex, focus: Focus): Extent | undefined {
  if (focus.round === null && !focus.linedUp) return index.extent
  if (!focus.linedUp && focus.round !== null) return index.rounds.get(focus.round)?.extent
  let longest = 0
  for (const group of index.groups) {
    const window = groupWindow(index, focus, group)
    if (window !== null) longest = Math.max(longest, window.to - window.from)
  }
  return longest === 0 ? undefined : { from: 0, to: longest }
}
