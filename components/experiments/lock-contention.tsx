/** Lock contention: time of 1,000 acquisitions by lock, the sweep against the limit, all figures, and the threads of one lock. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { LockContentionParams } from '../../lib/experiments/lock-contention.ts'
import { lockContentionHeadline } from '../../lib/experiments/lock-contention-findings.ts'
import { CONTENDED_LOCKS } from '../../lib/experiments/lock-contention-locks.ts'
import { lockContentionQuestions } from '../../lib/experiments/lock-contention-questions.ts'
import type { LockContentionResult } from '../../lib/experiments/lock-contention-result.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { comparisonOfKeys } from './comparison-so-far.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { ContendedLocksTable } from './lock-contention/contended-locks-table.tsx'
import { ContendedTime } from './lock-contention/contended-time.tsx'
import { ContendingThreads } from './lock-contention/contending-threads.tsx'
import { ContentionSweep } from './lock-contention/contention-sweep.tsx'

const locksOf = (params: LockContentionParams) => CONTENDED_LOCKS.filter((lock) => params.locks.includes(lock))

const soFar = (samples: readonly Sample[], params: LockContentionParams) =>
  comparisonOfKeys(samples, locksOf(params), params)

function LockContentionCharts({ params, result, samples }: ChartsProps<LockContentionParams, LockContentionResult>) {
  const t = useTranslations('experiments.lock-contention.charts')
  const words = useExperimentWords('lock-contention')
  const comparison = useMemo(() => result?.comparison ?? soFar(samples, params), [result, samples, params])
  return (
    <>
      {result?.sweep && <ContentionSweep result={result} />}
      <ComparisonBars
        title={t('bars')}
        subtitle={t('barsAbout', { threads: params.threads, hold: params.holdUs, outside: params.outsideUs })}
        keys={locksOf(params)}
        labelOf={words.key}
        entries={comparison?.entries ?? []}
        baseline={comparison?.baseline ?? null}
        axisLabel={t('axis')}
      />
      {result && result.locks.length > 1 && <ContendedTime locks={result.locks} />}
      {result && <ContendedLocksTable result={result} />}
      {result && <ContendingThreads locks={result.locks} />}
    </>
  )
}

export const lockContentionView = defineView<LockContentionParams, LockContentionResult>({
  Charts: LockContentionCharts,
  questions: lockContentionQuestions,
  headline: (result) => lockContentionHeadline(result),
})
