/**
 * Fewer points for the same picture: a line is cut into buckets and of each its first, smallest, largest and last point are kept,
 * so no peak disappears. Points come in the order of x and stay in it.
 */

export interface Point {
  x: number
  y: number
}

/** At most `limit` points (at least 8); short lines come back as they are. */
export const downSample = <P extends Point>(points: readonly P[], limit: number): readonly P[] => {
  if (points.length <= limit) return points
  const buckets = Math.max(2, Math.floor(limit / 4))
  const kept: P[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * points.length) / buckets)
    const until = Math.floor(((bucket + 1) * points.length) / buckets)
    let lowest = from
    let highest = from
    for (let at = from; at < until; at++) {
      if (valueAt(points, at) < valueAt(points, lowest)) lowest = at
      if (valueAt(points, at) > valueAt(points, highest)) highest = at
    }
    for (const at of [...new Set([from, lowest, highest, until - 1])].sort((a, b) => a - b)) {
      const point = points[at]
      if (point) kept.push(point)
    }
  }
  return kept
}

const valueAt = (points: readonly Point[], at: number): number => points[at]?.y ?? Number.NaN
