/**
 * Two runs of one experiment side by side: what differs in their set-ups, their times on one axis, what each found. They were
 * measured at different times, so there is no verdict, and the page says why; both set-ups can be run again, interleaved.
 */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { ApiProblem } from '../../lib/client/api.ts'
import { type JsonSchema, readFields } from '../../lib/client/param-fields.ts'
import { startRun } from '../../lib/client/run-actions.ts'
import { useRunRecord } from '../../lib/client/use-run-record.ts'
import type { Comparison, Entry } from '../../lib/contract/comparison.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { Run } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link, useRouter } from '../../lib/i18n/navigation.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { Findings, findingsOf } from '../lab/findings.tsx'
import { RunError } from '../lab/run-error.tsx'
import { RunStatusBadge } from '../lab/run-status-badge.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Panel } from '../ui/panel.tsx'
import { ParamDifferences } from './param-differences.tsx'

export interface CompareRunsProps {
  a: Run
  b: Run
  description: ExperimentDescription
}

export function CompareRuns({ a: givenA, b: givenB, description }: CompareRunsProps) {
  const t = useTranslations('runs.comparing')
  const router = useRouter()
  const quantity = useQuantity()
  const words = useExperimentWords(description.id)
  const fields = useMemo(() => readFields(description.params as JsonSchema), [description])
  const a = useRunRecord(givenA)
  const b = useRunRecord(givenB)
  const [isStarting, setIsStarting] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  // One run of both, interleaved: what two runs of different times can't tell, this one can.
  const runAgain = async (): Promise<void> => {
    setIsStarting(true)
    setProblem(null)
    const pair = await startRun('pair', { experiment: description.id, a: a.params, b: b.params }, null)
    setIsStarting(false)
    if (pair.problem) setProblem(pair.problem)
    else router.push(`/runs/${pair.data.id}`)
  }

  const entries = [...entriesOf(a, 'A'), ...entriesOf(b, 'B')]
  const keys = [...new Set(entries.map(({ own }) => own))].flatMap((own) =>
    entries.filter((entry) => entry.own === own).map(({ entry }) => entry.key),
  )
  const noteOf = (entry: Entry): string => {
    const [own, side] = splitKey(entry.key)
    const other = entries.find((one) => one.own === own && one.side !== side)
    return side === 'B' && other ? t('ratio', { ratio: quantity.number(other.entry.medianMs / entry.medianMs) }) : ''
  }
  return (
    <div className="flex flex-col gap-6">
      <Alert
        tone="caution"
        title={t('driftTitle')}
        actions={
          entries.length > 0 && (
            <Button size="sm" icon="repeat" busy={isStarting} onClick={() => void runAgain()}>
              {t('runAgain')}
            </Button>
          )
        }
      >
        {t('drift')}
      </Alert>
      {problem && <ProblemAlert problem={problem} />}
      <div className="grid gap-6 md:grid-cols-2">
        <RunColumn run={a} side="A" />
        <RunColumn run={b} side="B" />
      </div>
      <ParamDifferences fields={fields} a={a.params} b={b.params} words={words} />
      {entries.length > 0 && (
        <ComparisonBars
          title={t('chart')}
          subtitle={t('chartAbout')}
          keys={keys}
          labelOf={(key) => {
            const [own, side] = splitKey(key)
            return `${words.key(own)} · ${side}`
          }}
          colourKeyOf={(key) => splitKey(key)[0]}
          entries={entries.map(({ entry }) => entry)}
          baseline={null}
          noteOf={noteOf}
          axisLabel={t('axis')}
        />
      )}
    </div>
  )
}

type Side = 'A' | 'B'

const SEPARATOR = ' '

const splitKey = (key: string): [own: string, side: string] => {
  const at = key.lastIndexOf(SEPARATOR)
  return [key.slice(0, at), key.slice(at + 1)]
}

const entriesOf = (run: Run, side: Side): { own: string; side: Side; entry: Entry }[] => {
  const comparison = run.result?.comparison as Comparison | undefined
  return (comparison?.entries ?? []).map((entry) => ({
    own: entry.key,
    side,
    entry: { ...entry, key: `${entry.key}${SEPARATOR}${side}` },
  }))
}

function RunColumn({ run, side }: { run: Run; side: Side }) {
  const t = useTranslations('runs')
  const format = useFormatter()
  const words = useExperimentWords(run.experiment)
  return (
    <Panel
      id={`run-${side}`}
      title={
        <Link href={`/runs/${run.id}`} className="underline-offset-4 hover:underline">
          {t('comparing.run', { side })}
        </Link>
      }
      description={
        <time dateTime={run.createdAt}>
          {format.dateTime(new Date(run.createdAt), { dateStyle: 'long', timeStyle: 'short' })}
        </time>
      }
      actions={<RunStatusBadge status={run.status} />}
    >
      <div className="min-h-32" aria-live="polite">
        {!hasEnded(run.status) && <p className="text-muted">{t(`noHeadline.${run.status}`)}</p>}
        {run.status === 'failed' && <RunError run={run} />}
        {run.status === 'cancelled' && <p className="text-muted">{t('noHeadline.cancelled')}</p>}
        {run.status === 'succeeded' && <Findings findings={findingsOf(run, null)} words={words} />}
      </div>
    </Panel>
  )
}
