/**
 * Selecting a stretch of time by keyboard, as text is selected: one end stays, the other follows the key. It begins with the
 * chosen span, else in the middle of what is in view, and goes on from a stretch that a pointer selected.
 */
import { stretchOf } from './span-stretch.ts'
import type { TimelineStore } from './timeline-store.ts'
import { middleOf, width } from './viewport.ts'

/** How far the moving end goes: a share of the view, or all the way. */
export const SELECTING: Record<string, number> = {
  ArrowLeft: -0.05,
  ArrowRight: 0.05,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

export function extendSelection(store: TimelineStore, share: number): void {
  const { view, range, rangeAnchor, cursor } = store.getState()
  const stretch = range ?? (cursor === null ? null : stretchOf(store, cursor))
  // Without an end that is known to stay, the one ahead of the key moves.
  const anchor = rangeAnchor ?? (stretch === null ? middleOf(view) : share < 0 ? stretch.to : stretch.from)
  const head = stretch === null ? anchor : anchor === stretch.from ? stretch.to : stretch.from
  store.selectFrom(anchor, head + share * width(view))
}
