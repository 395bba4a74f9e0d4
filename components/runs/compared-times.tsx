/** The times of two runs on one axis, those of the same contender under each other, with how B compares with A. No verdict. */
'use client'

import { useTranslations } from 'next-intl'
import type { Comparison, Entry } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentWords } from '../lab/experiment-words.ts'
import { type Side, shortNameOf, sideKey, splitSide } from '../lab/set-up-sides.ts'

/** What a run compared; nothing where it failed, still goes on, or is of an experiment that compares nothing. */
export const entriesOf = (run: Run): readonly Entry[] => {
  const comparison = run.result?.comparison as Comparison | undefined
  return comparison?.entries ?? []
}

const marked = (run: Run, side: Side): Entry[] =>
  entriesOf(run).map((entry) => ({ ...entry, key: sideKey(entry.key, side) }))

export function ComparedTimes({ a, b, words }: { a: Run; b: Run; words: ExperimentWords }) {
  const t = useTranslations('runs.comparing')
  const quantity = useQuantity()
  const entries = [...marked(a, 'A'), ...marked(b, 'B')]
  const owns = [...new Set(entries.map(({ key }) => splitSide(key)[0]))]
  const keys = owns.flatMap((own) => entries.map(({ key }) => key).filter((key) => splitSide(key)[0] === own))
  const noteOf = (entry: Entry): string => {
    const [own, side] = splitSide(entry.key)
    const other = entries.find(({ key }) => key === sideKey(own, 'A'))
    return side === 'B' && other ? t('ratio', { ratio: quantity.number(other.medianMs / entry.medianMs) }) : ''
  }
  return (
    <ComparisonBars
      title={t('chart')}
      subtitle={t('chartAbout')}
      keys={keys}
      labelOf={words.key}
      shortLabelOf={shortNameOf(keys, words.key)}
      colourKeyOf={(key) => splitSide(key)[0]}
      entries={entries}
      baseline={null}
      noteOf={noteOf}
      axisLabel={t('axis')}
    />
  )
}
