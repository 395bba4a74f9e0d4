/**
 * Outliers by J. W. Tukey's fences ("Exploratory Data Analysis", 1977): mild beyond 1.5, severe beyond 3 times the distance
 * between the quartiles. They are counted and shown, never dropped: in concurrency the outlier is often the story.
 */
import { quantileOfSorted, sortedAscending } from './median.ts'

export type OutlierClass = 'none' | 'mild' | 'severe'

/** One class per sample, in the order of the samples. */
export const classifyOutliers = (samples: readonly number[]): OutlierClass[] => {
  const sorted = sortedAscending(samples)
  const lower = quantileOfSorted(sorted, 0.25)
  const upper = quantileOfSorted(sorted, 0.75)
  const distance = upper - lower
  return samples.map((value) => {
    if (value < lower - 3 * distance || value > upper + 3 * distance) return 'severe'
    return value < lower - 1.5 * distance || value > upper + 1.5 * distance ? 'mild' : 'none'
  })
}

/** `mild` doesn't include the severe ones. */
export const countOutliers = (samples: readonly number[]): { mild: number; severe: number } => {
  const classes = classifyOutliers(samples)
  return {
    mild: classes.filter((one) => one === 'mild').length,
    severe: classes.filter((one) => one === 'severe').length,
  }
}
