/** Races: which outcomes came out and how often, what each trial lost, how it happens step by step, and what the threads executed. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { RaceParams, RaceResult } from '../../lib/experiments/race.ts'
import { raceHeadline } from '../../lib/experiments/race-findings.ts'
import { raceQuestions } from '../../lib/experiments/race-questions.ts'
import { raceSoFar } from '../../lib/experiments/race-so-far.ts'
import { histogramOf, linearEdges } from '../../lib/statistics/histogram.ts'
import { Histogram } from '../charts/histogram.tsx'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { RaceLocks } from './race-locks.tsx'
import { RaceMoment } from './race-moment.tsx'
import { RaceOutcomes } from './race-outcomes.tsx'
import { RaceProgram } from './race-program.tsx'

const BINS = 20

/** Bins of 1, 2 or 5 times a power of ten from a multiple of it on, so that their limits can be read. */
const binsOf = (lost: readonly number[]) => {
  const least = Math.min(0, ...lost)
  const most = Math.max(0, ...lost)
  const fine = Math.max(1, (most - least + 1) / BINS)
  const power = 10 ** Math.floor(Math.log10(fine))
  const width = ([1, 2, 5, 10].find((step) => step * power >= fine) ?? 10) * power
  const low = Math.floor(least / width) * width
  const count = Math.floor((most - low) / width) + 1
  return histogramOf(lost, linearEdges(low, low + width * count, count))
}

function RaceCharts({ params, result, samples }: ChartsProps<RaceParams, RaceResult>) {
  const t = useTranslations('experiments.race.charts')
  const figures = useMemo(() => result ?? raceSoFar(samples, params), [result, samples, params])
  const { scenario } = params
  return (
    <>
      <RaceOutcomes
        scenario={scenario}
        outcomes={figures.outcomes}
        trials={figures.trials}
        bound={figures.notObservedBound}
      />
      {params.guard === 'chosen' && <RaceLocks params={params} />}
      <Histogram
        title={t(`lost.${scenario}.title`)}
        subtitle={t(`lost.${scenario}.about`, { operations: figures.operations })}
        xLabel={t(`lost.${scenario}.axis`)}
        series={[
          {
            key: 'lost',
            label: t('trials'),
            bins: figures.lost.length > 0 ? binsOf(figures.lost) : [],
            colour: figures.trials.forbidden > 0 ? 'var(--negative)' : 'var(--positive)',
          },
        ]}
      />
      {result?.interleaving && <RaceMoment params={params} moment={result.interleaving} />}
      <RaceProgram params={params} />
    </>
  )
}

export const raceView = defineView<RaceParams, RaceResult>({
  Charts: RaceCharts,
  questions: raceQuestions,
  headline: raceHeadline,
  headlineSoFar: (samples, params) => raceHeadline(raceSoFar(samples, params), params),
})
