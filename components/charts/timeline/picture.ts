/** What one frame is drawn from: the scene, the colours, the words, and the part of the layout that is on the screen. */
import type { Scene } from './hit-test.ts'
import type { Palette } from './palette.ts'
import type { TimelineFormat } from './timeline-format.ts'

/** A moment worth naming, such as the one at which a deadlock froze; microseconds since the run began. */
export interface TimelineMarker {
  at: number
  label: string
}

export interface Picture extends Scene {
  palette: Palette
  format: TimelineFormat
  markers: readonly TimelineMarker[]
  /** In the reader's language. */
  spanName(name: string): string
  /** Of the layout: what stands between `top` and `top + height` is drawn. */
  top: number
  height: number
}

export interface Drawn {
  spans: number
  aggregated: number
  flows: number
  flowsLeftOut: number
}

export const fontOf = (palette: Palette, size: number, weight = 400): string =>
  `${weight} ${size * palette.rem}px ${palette.font}`
