/**
 * Which part of the clock is looked at: pure arithmetic of zooming and panning, in microseconds. A viewport always lies within
 * its bounds and is never narrower than a microsecond; zooming about a point keeps that point where it was unless an edge is in the way.
 */
export interface Viewport {
  from: number
  to: number
}

export const NARROWEST_MICROS = 1

export const width = (view: Viewport): number => view.to - view.from

export const middleOf = (view: Viewport): number => (view.from + view.to) / 2

/** The whole of an extent with a little air on both sides, never before zero unless the extent itself is. */
export function fitted(extent: Viewport, air = 0.01): Viewport {
  const length = Math.max(width(extent), NARROWEST_MICROS)
  const from = Math.max(Math.min(0, extent.from), extent.from - length * air)
  return { from, to: extent.from + length + length * air }
}

/** Moved, and where it is too wide narrowed, so that it lies within the bounds. */
export function clamped(view: Viewport, bounds: Viewport): Viewport {
  const widest = Math.max(width(bounds), NARROWEST_MICROS)
  const length = Math.min(Math.max(width(view), Math.min(NARROWEST_MICROS, widest)), widest)
  const from = Math.min(Math.max(view.from, bounds.from), bounds.from + widest - length)
  return { from, to: from + length }
}

/** `factor` below 1 zooms in. */
export function zoomedAbout(view: Viewport, time: number, factor: number, bounds: Viewport): Viewport {
  const widest = Math.max(width(bounds), NARROWEST_MICROS)
  const length = Math.min(Math.max(width(view) * factor, Math.min(NARROWEST_MICROS, widest)), widest)
  const share = width(view) === 0 ? 0.5 : (time - view.from) / width(view)
  const from = time - share * length
  return clamped({ from, to: from + length }, bounds)
}

export const pannedBy = (view: Viewport, micros: number, bounds: Viewport): Viewport =>
  clamped({ from: view.from + micros, to: view.to + micros }, bounds)

/** Pans as little as needed to show the stretch; where it doesn't fit, zooms out to hold it with air around. */
export function revealing(view: Viewport, stretch: Viewport, bounds: Viewport): Viewport {
  const air = width(view) * 0.05
  if (width(stretch) + 2 * air > width(view)) return clamped(fitted(stretch, 0.15), bounds)
  if (stretch.from - air < view.from) return pannedBy(view, stretch.from - air - view.from, bounds)
  if (stretch.to + air > view.to) return pannedBy(view, stretch.to + air - view.to, bounds)
  return view
}

/** Two fingers: the moments that were under them stay under them. */
export function pinched(
  start: { view: Viewport; a: number; b: number },
  now: { a: number; b: number },
  bounds: Viewport,
): Viewport {
  // a and b are shares of the width, 0 left and 1 right.
  const apartThen = Math.max(Math.abs(start.b - start.a), 0.01)
  const apartNow = Math.max(Math.abs(now.b - now.a), 0.01)
  const length = (width(start.view) * apartThen) / apartNow
  const middleTime = start.view.from + ((start.a + start.b) / 2) * width(start.view)
  const from = middleTime - ((now.a + now.b) / 2) * length
  return clamped({ from, to: from + length }, bounds)
}

export const timeAt = (view: Viewport, x: number, pixels: number): number => view.from + (x / pixels) * width(view)
export const pixelOf = (view: Viewport, time: number, pixels: number): number =>
  ((time - view.from) / width(view)) * pixels
