/** Coordination: what came of it, who waited for whom, what each thread did with its time, how long waits were, and the program. */
'use client'

import { useTranslations } from 'next-intl'
import type { CoordinationParams, CoordinationResult } from '../../lib/experiments/coordination.ts'
import { coordinationHeadline } from '../../lib/experiments/coordination-findings.ts'
import { coordinationProgram } from '../../lib/experiments/coordination-program.ts'
import { coordinationQuestions } from '../../lib/experiments/coordination-questions.ts'
import { Histogram } from '../charts/histogram.tsx'
import { StackedBars } from '../charts/stacked-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { CoordinationDamage } from './coordination-damage.tsx'
import { CoordinationDiagram } from './coordination-diagram.tsx'
import { type ChartsProps, defineView } from './experiment-view.ts'

const PARTS = ['waiting', 'holding', 'working', 'other'] as const
const COLOURS: Record<(typeof PARTS)[number], string> = {
  waiting: 'var(--span-wait)',
  holding: 'var(--span-held)',
  working: 'var(--span-cpu)',
  other: 'var(--span-idle)',
}

function CoordinationCode({ scenario, bug }: Pick<CoordinationParams, 'scenario' | 'bug'>) {
  const t = useTranslations('experiments.coordination')
  return (
    <Panel id="program" title={t('program.title')} description={t('program.about')}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {coordinationProgram(scenario, bug).map(({ role, lines }) => (
          <div key={role} className="min-w-0">
            <p className="mb-2 text-sm font-medium">{t(`roles.${role}`)}</p>
            <ol className="overflow-x-auto font-mono text-sm">
              {lines.map(({ text, wrong }) => (
                <li key={text} className={wrong ? 'bg-negative-soft px-2 py-0.5' : 'px-2 py-0.5'}>
                  <code className="whitespace-pre">{text}</code>
                  {wrong && (
                    <span className="ml-3 font-sans">
                      <Badge tone="negative">
                        <Icon name="warning" size="1em" />
                        {t('program.wrong')}
                      </Badge>
                    </span>
                  )}
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </Panel>
  )
}

function CoordinationCharts({ params, result }: ChartsProps<CoordinationParams, CoordinationResult>) {
  const t = useTranslations('experiments.coordination')
  const quantity = useQuantity()
  const program = <CoordinationCode scenario={params.scenario} bug={params.bug} />
  if (result === null) return program
  return (
    <>
      <CoordinationDamage params={params} result={result} />
      <CoordinationDiagram scenario={params.scenario} threads={params.threads} edges={result.waitsFor} />
      <StackedBars
        title={t('charts.time')}
        subtitle={t('charts.timeAbout')}
        xLabel={t('charts.timeAxis')}
        parts={PARTS.map((key) => ({ key, label: t(`charts.parts.${key}`), colour: COLOURS[key] }))}
        rows={result.perThread.map(({ thread, role, waitUs, holdUs, workUs, otherUs }) => ({
          key: String(thread),
          label: t('diagram.thread', { thread, role: t(`roles.${role}`) }),
          values: {
            waiting: waitUs.total / 1000,
            holding: holdUs / 1000,
            working: workUs / 1000,
            other: otherUs / 1000,
          },
        }))}
      />
      <Histogram
        title={t('charts.waits')}
        subtitle={t('charts.waitsAbout')}
        xLabel={t('charts.waitsAxis')}
        xScale="log"
        formatX={(us) => quantity.number(us)}
        series={result.waitHistogram.map(({ role, bins }) => ({
          key: role,
          label: t(`roles.${role}`),
          bins,
          colour: 'var(--span-wait)',
        }))}
      />
      {program}
    </>
  )
}

export const coordinationView = defineView<CoordinationParams, CoordinationResult>({
  Charts: CoordinationCharts,
  questions: coordinationQuestions,
  headline: coordinationHeadline,
})
