/**
 * The texture that a kind has besides its colour, as geometry on an 8 × 8 tile that repeats without a seam. The canvas and the legend's
 * swatches draw from the same lines, so what the legend shows is what stands on the timeline.
 */
import type { SpanKind } from '#lib/contract/trace.ts'

export const TILE = 8

export interface Hatch {
  /** x1, y1, x2, y2 */
  lines: readonly (readonly [number, number, number, number])[]
  dots: readonly (readonly [number, number])[]
  stroke: number
}

const RISING = [
  [-2, 2, 2, -2],
  [-1, 9, 9, -1],
  [6, 10, 10, 6],
] as const
const FALLING = RISING.map(([x1, y1, x2, y2]) => [TILE - x1, y1, TILE - x2, y2] as const)

export const HATCHES: Partial<Record<SpanKind, Hatch>> = {
  wait: { lines: RISING, dots: [], stroke: 2 },
  contended: { lines: FALLING, dots: [], stroke: 2 },
  blocked: { lines: [...RISING, ...FALLING], dots: [], stroke: 1.25 },
  startup: {
    lines: [],
    dots: [
      [2, 2],
      [6, 6],
    ],
    stroke: 1.1,
  },
  copy: { lines: [[0, 4, 8, 4]], dots: [], stroke: 1.5 },
  commit: { lines: [[4, 0, 4, 8]], dots: [], stroke: 1.5 },
}
