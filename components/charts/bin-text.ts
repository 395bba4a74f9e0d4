/** What falls into a bin of a histogram, in words: two limits, or of whole numbers the first and the last. */
import type { Bin } from './histogram.tsx'

export const binText = ({ from, to }: Bin, formatX: (x: number) => string, whole: boolean): string => {
  if (!whole) return `${formatX(from)} – ${formatX(to)}`
  return to - from <= 1 ? formatX(from) : `${formatX(from)} – ${formatX(to - 1)}`
}
