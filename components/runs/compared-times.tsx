/** The times of two runs on one axis, those of the same contender under each other, with how B compares with A. No verdict. */
'use client'

import { useTranslations } from 'next-intl'
import type { Comparison, Entry } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentWords } from '../lab/experiment-words.ts'

const SEPARATOR = ' '

const splitKey = (key: string): [own: string, side: string] => {
  const at = key.lastIndexOf(SEPARATOR)
  return [key.slice(0, at), key.slice(at + 1)]
}

/** What a run compared; nothing where it failed, still goes on, or is of an experiment that compares nothing. */
export const entriesOf = (run: Run): readonly Entry[] => {
  const comparison = run.result?.comparison as Comparison | undefined
  return comparison?.entries ?? []
}

const marked = (run: Run, side: 'A' | 'B'): Entry[] =>
  entriesOf(run).map((entry) => ({ ...entry, key: `${entry.key}${SEPARATOR}${side}` }))

export function ComparedTimes({ a, b, words }: { a: Run; b: Run; words: ExperimentWords }) {
  const t = useTranslations('runs.comparing')
  const quantity = useQuantity()
  const entries = [...marked(a, 'A'), ...marked(b, 'B')]
  const owns = [...new Set(entries.map(({ key }) => splitKey(key)[0]))]
  const noteOf = (entry: Entry): string => {
    const [own, side] = splitKey(entry.key)
    const other = entries.find(({ key }) => key === `${own}${SEPARATOR}A`)
    return side === 'B' && other ? t('ratio', { ratio: quantity.number(other.medianMs / entry.medianMs) }) : ''
  }
  return (
    <ComparisonBars
      title={t('chart')}
      subtitle={t('chartAbout')}
      keys={owns.flatMap((own) => entries.map(({ key }) => key).filter((key) => splitKey(key)[0] === own))}
      labelOf={(key) => {
        const [own, side] = splitKey(key)
        return `${words.key(own)} · ${side}`
      }}
      shortLabelOf={(key) => {
        const [own, side] = splitKey(key)
        // It stands right under its A, and its name beside the ratio would be too much for a phone.
        return side === 'B' && entries.some((entry) => entry.key === `${own}${SEPARATOR}A`)
          ? side
          : `${words.key(own)} · ${side}`
      }}
      colourKeyOf={(key) => splitKey(key)[0]}
      entries={entries}
      baseline={null}
      noteOf={noteOf}
      axisLabel={t('axis')}
    />
  )
}
