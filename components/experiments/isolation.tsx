/** Isolation: what became of the shared counter, who survived the death of a worker, what each kind costs. */
'use client'

import { useTranslations } from 'next-intl'
import type { IsolationParams, IsolationResult } from '../../lib/experiments/isolation.ts'
import { isolationHeadline } from '../../lib/experiments/isolation-findings.ts'
import { COST_KINDS, COUNT_KINDS } from '../../lib/experiments/isolation-kinds.ts'
import { isolationQuestions } from '../../lib/experiments/isolation-questions.ts'
import { LogRows } from '../charts/log-rows.tsx'
import { StackedBars } from '../charts/stacked-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { Panel } from '../ui/panel.tsx'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { IsolationCrash } from './isolation-crash.tsx'

const COST_COLOUR = {
  threads: 'var(--strategy-threads)',
  processes: 'var(--strategy-processes)',
  exec: 'var(--strategy-sequential)',
}

/** Decimal megabytes, as everywhere on these pages. */
const BYTES_PER_MEGABYTE = 1e6

function CostCharts({ result }: { result: IsolationResult }) {
  const t = useTranslations('experiments.isolation.charts')
  const words = useExperimentWords('isolation')
  const quantity = useQuantity()
  const rowsOf = (figure: 'startupMs' | 'messageMicros' | 'memoryBytes', scale = 1) =>
    COST_KINDS.flatMap((kind) => {
      const value = result.cost[kind][figure]
      const interval = result.cost[kind].intervals[figure]
      if (value === null || value <= 0) return []
      const scaled: [number, number] | null = interval && [interval[0] / scale, interval[1] / scale]
      return [
        {
          key: kind,
          label: words.key(kind),
          colour: COST_COLOUR[kind],
          figures: [{ key: 'median', label: t('median'), value: value / scale, interval: scaled }],
        },
      ]
    })
  const memory = rowsOf('memoryBytes', BYTES_PER_MEGABYTE)
  const common = { emphasis: 'median', formatTick: quantity.number, level: 3, bare: true } as const
  return (
    <Panel id="cost" title={t('cost')} description={t('costAbout')}>
      <div className="grid gap-8 xl:grid-cols-3">
        <LogRows
          {...common}
          title={t('startup')}
          axisLabel={t('startupAxis')}
          rows={rowsOf('startupMs')}
          format={(ms) => quantity.time(ms, 'millisecond')}
        />
        <LogRows
          {...common}
          title={t('message')}
          axisLabel={t('messageAxis')}
          rows={rowsOf('messageMicros')}
          format={(micros) => quantity.time(micros / 1000, 'microsecond')}
        />
        {memory.length > 0 && (
          <LogRows
            {...common}
            title={t('memory')}
            axisLabel={t('memoryAxis')}
            rows={memory}
            format={(megabytes) => t('megabytes', { value: quantity.number(megabytes) })}
          />
        )}
      </div>
      {result.memoryMeasure && <p className="mt-4 text-sm text-muted">{t(`measure.${result.memoryMeasure}`)}</p>}
    </Panel>
  )
}

function IsolationCharts({ params, result }: ChartsProps<IsolationParams, IsolationResult>) {
  const t = useTranslations('experiments.isolation.charts')
  const quantity = useQuantity()
  if (result === null) return null
  return (
    <>
      <StackedBars
        title={t('count')}
        subtitle={t('countAbout', { workers: params.workers, increments: params.increments })}
        xLabel={t('countAxis')}
        parts={[
          { key: 'kept', label: t('kept'), colour: 'var(--span-held)' },
          { key: 'missing', label: t('missing'), colour: 'var(--span-contended)' },
        ]}
        rows={COUNT_KINDS.map((kind) => {
          const { actual, expected } = result.memory[kind]
          const note = t('countOf', { actual: quantity.number(actual), expected: quantity.number(expected) })
          return { key: kind, label: t(`counts.${kind}`), note, values: { kept: actual, missing: expected - actual } }
        })}
      />
      <IsolationCrash crash={result.crash} how={params.crash} />
      <CostCharts result={result} />
    </>
  )
}

export const isolationView = defineView<IsolationParams, IsolationResult>({
  Charts: IsolationCharts,
  questions: isolationQuestions,
  headline: isolationHeadline,
})
