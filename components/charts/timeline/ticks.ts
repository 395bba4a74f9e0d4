/**
 * Where the time axis has its marks: steps of 1, 2 or 5 times a power of ten, as dense as the labels allow, and the unit and decimals in
 * which every label of one axis is written (µs, ms or s, whichever keeps the largest number short).
 */
import { type Viewport, width } from './viewport.ts'

export type TimeUnit = 'microsecond' | 'millisecond' | 'second'
export const MICROS_OF: Record<TimeUnit, number> = { microsecond: 1, millisecond: 1e3, second: 1e6 }

export interface Axis {
  /** Microseconds between two labelled marks. */
  step: number
  /** Unlabelled marks between two labelled ones, plus one. */
  parts: number
  unit: TimeUnit
  /** Decimals that tell neighbouring labels apart. */
  decimals: number
  /** Moments of the labelled marks within the view. */
  times: number[]
}

export const unitFor = (micros: number): TimeUnit =>
  micros >= 1e6 ? 'second' : micros >= 1e3 ? 'millisecond' : 'microsecond'

/** The smallest step of the 1-2-5 series that is at least `micros`. */
export function stepFrom(micros: number): { step: number; parts: number } {
  const power = 10 ** Math.floor(Math.log10(micros))
  for (const [lead, parts] of [
    [1, 5],
    [2, 4],
    [5, 5],
  ] as const) {
    // The comparison forgives the rounding error of powers of ten.
    if (lead * power >= micros * (1 - 1e-9)) return { step: lead * power, parts }
  }
  return { step: 10 * power, parts: 5 }
}

export function axisOf(view: Viewport, pixels: number, labelPixels = 72): Axis {
  const { step, parts } = stepFrom((width(view) / Math.max(pixels, 1)) * labelPixels)
  const unit = unitFor(Math.max(Math.abs(view.from), Math.abs(view.to)))
  const decimals = Math.max(0, -Math.floor(Math.log10(step / MICROS_OF[unit]) + 1e-9))
  const times: number[] = []
  // Adding 0 turns the -0 that the first step can be into 0. Counting steps instead of adding them up keeps the last mark exact.
  const last = Math.floor(view.to / step + 1e-9)
  for (let n = Math.ceil(view.from / step - 1e-9); n <= last; n++) times.push(n * step + 0)
  return { step, parts, unit, decimals, times }
}
