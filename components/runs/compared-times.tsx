/** The times of two runs on one axis, those of the same contender under each other, with how B compares with A. No verdict. */
'use client'

import { useTranslations } from 'next-intl'
import type { Comparison, Entry } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentWords } from '../lab/experiment-words.ts'
import { type Side, sideKey, splitSide } from '../lab/set-up-sides.ts'
import { SideBars } from '../lab/side-bars.tsx'

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
  return (
    <SideBars
      title={t('chart')}
      subtitle={t('chartAbout')}
      axisLabel={t('axis')}
      keys={keys}
      entries={entries}
      words={words}
      noteOf={(one, other) => t('ratio', { ratio: quantity.number(one.medianMs / other.medianMs) })}
    />
  )
}
