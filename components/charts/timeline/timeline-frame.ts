/** The fixed heights of a timeline, shared with what stands in its place until it is loaded. Toolbars that wrap take it from the lanes. */
export const TIMELINE_FRAMES = {
  /** Many lanes: a comparison. */
  regular: 'flex h-[44rem] flex-col',
  /** A handful of lanes. */
  small: 'flex h-[28rem] flex-col',
} as const

export type TimelineHeight = keyof typeof TIMELINE_FRAMES
