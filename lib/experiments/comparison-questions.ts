/** What may be asked before any comparison of strategies, and how the answer is read off its result. Without zod: the browser asks and grades. */
import type { Comparison } from '../contract/comparison.ts'
import type { Question } from './experiment.ts'

interface Compared {
  comparison: Comparison
}

/** The fastest, or 'too-close' when its interval reaches into the next one's; null below the rounds that intervals need. */
export const fastestQuestion: Question<{ strategies: readonly string[] }, Compared> = {
  id: 'fastest',
  kind: 'choice',
  options: (params) => [...params.strategies, 'too-close'],
  answer: (result) => {
    const [first, second] = [...result.comparison.entries].sort((a, b) => a.medianMs - b.medianMs)
    if (!first?.ci95Ms || !second?.ci95Ms) return null
    return first.ci95Ms[1] < second.ci95Ms[0] ? first.key : 'too-close'
  },
}

/** How many times faster than one after another the first of threads, async and processes that took part was. */
export const timesFasterQuestion: Question<unknown, Compared> = {
  id: 'times-faster',
  kind: 'number',
  options: () => [],
  answer: ({ comparison }) => {
    if (comparison.baseline !== 'sequential') return null
    const entryOf = (key: string) => comparison.entries.find((entry) => entry.key === key)
    const other = entryOf('threads') ?? entryOf('async') ?? entryOf('processes')
    return other ? Math.round(other.speedup.value * 10) / 10 : null
  },
}
