/**
 * The heights of a timeline, shared with what stands in its place until it is loaded: fixed while lanes may still come, and at most
 * that once all are there. Toolbars that wrap take it from the lanes.
 */
export const TIMELINE_FRAMES = {
  /** Many lanes: a comparison. */
  regular: { fixed: 'flex h-[44rem] flex-col', fitted: 'flex max-h-[44rem] flex-col' },
  /** A handful of lanes. */
  small: { fixed: 'flex h-[28rem] flex-col', fitted: 'flex max-h-[28rem] flex-col' },
} as const

export type TimelineHeight = keyof typeof TIMELINE_FRAMES
