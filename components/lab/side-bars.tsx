/** The times of two set-ups on one axis, each key's sides beneath each other; beside a time of B stands how it compares with A. */
'use client'

import type { Entry } from '../../lib/contract/comparison.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { shortNameOf, sideKey, splitSide } from './set-up-sides.ts'

export interface SideBarsProps {
  title: string
  subtitle: string
  axisLabel: string
  /** 'threads A', 'threads B', …, in the order of the rows. */
  keys: readonly string[]
  entries: readonly Entry[]
  words: ExperimentWords
  noteOf: (a: Entry, b: Entry) => string
}

export function SideBars({ keys, entries, words, noteOf, ...frame }: SideBarsProps) {
  return (
    <ComparisonBars
      {...frame}
      keys={keys}
      labelOf={words.key}
      shortLabelOf={shortNameOf(keys, words.key)}
      colourKeyOf={(key) => splitSide(key)[0]}
      entries={entries}
      baseline={null}
      noteOf={(entry) => {
        const [own, side] = splitSide(entry.key)
        const a = entries.find(({ key }) => key === sideKey(own, 'A'))
        return side === 'B' && a ? noteOf(a, entry) : ''
      }}
    />
  )
}
