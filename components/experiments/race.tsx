/** Races: which outcomes came out and how often, what each trial lost, how it happens step by step, and what the threads executed. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { RaceParams, RaceResult } from '../../lib/experiments/race.ts'
import { raceHeadline } from '../../lib/experiments/race-findings.ts'
import { lostBins } from '../../lib/experiments/race-lost-bins.ts'
import { raceQuestions } from '../../lib/experiments/race-questions.ts'
import { raceSoFar } from '../../lib/experiments/race-so-far.ts'
import { Histogram } from '../charts/histogram.tsx'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { RaceLocks } from './race-locks.tsx'
import { RaceMoment } from './race-moment.tsx'
import { RaceOutcomes } from './race-outcomes.tsx'
import { RaceProgram } from './race-program.tsx'

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
        xWhole
        series={[
          {
            key: 'lost',
            label: t('trials'),
            bins: lostBins(figures.lost),
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
  roundUnit: 'trial',
  questions: raceQuestions,
  headline: raceHeadline,
  headlineSoFar: (samples, params) => raceHeadline(raceSoFar(samples, params), params),
})
