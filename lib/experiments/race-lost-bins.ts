/**
 * What each trial lost, as a histogram of whole numbers: limits are 1, 2 or 5 times a power of ten, so that they can be read, and
 * trials that lost nothing have a bin of their own, so that right ones never stand among wrong ones.
 */
import { type Bin, histogramOf, linearEdges } from '../statistics/histogram.ts'

const BINS = 20

export const lostBins = (lost: readonly number[]): Bin[] => {
  if (lost.length === 0) return []
  const least = Math.min(0, ...lost)
  const most = Math.max(0, ...lost)
  const fine = Math.max(1, (most - least + 1) / BINS)
  const power = 10 ** Math.floor(Math.log10(fine))
  const width = ([1, 2, 5, 10].find((step) => step * power >= fine) ?? 10) * power
  const low = Math.floor(least / width) * width
  const count = Math.floor((most - low) / width) + 1
  const edges = linearEdges(low, low + width * count, count)
  return histogramOf(lost, width > 1 && lost.includes(0) ? sortedWith(edges, 1) : edges)
}

const sortedWith = (edges: readonly number[], edge: number): number[] => [...edges, edge].sort((a, b) => a - b)
