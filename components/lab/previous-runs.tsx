/**
 * Earlier runs of the same experiment, those of the same set-up first and those of others below, and a way to put one of them
 * beside the present one.
 */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useEffect, useRef } from 'react'
import type { ParamValues } from '../../lib/client/param-fields.ts'
import { usePendingDeletes } from '../../lib/client/pending-deletes.ts'
import { useRuns } from '../../lib/client/use-runs.ts'
import type { RunSummary } from '../../lib/contract/run.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { Panel } from '../ui/panel.tsx'
import { innerExperiment } from './experiment-words.ts'
import { RunLine } from './run-line.tsx'

export interface PreviousRunsProps {
  experiment: string
  /** Those that the server accepts: of a form that is being filled in, the last that were right. */
  params: ParamValues
  currentId: string | null
  isGoing: boolean
}

const SHOWN = 5
/** The present one may be among them, and of pairs those of other experiments. */
const asked = (experiment: string): number => (experiment === 'pair' ? 50 : SHOWN + 1)

export const PreviousRuns = memo(function PreviousRuns({ experiment, params, currentId, isGoing }: PreviousRunsProps) {
  const t = useTranslations('lab.previous')
  const same = useRuns({ experiment, setUp: { params, match: 'same' }, limit: asked(experiment) })
  const different = useRuns({ experiment, setUp: { params, match: 'different' }, limit: asked(experiment) })
  const hidden = usePendingDeletes((state) => state.hidden)
  const { refresh } = same
  const wasGoing = useRef(isGoing)
  useEffect(() => {
    // A run that has just ended is one more to compare with.
    if (wasGoing.current && !isGoing) void refresh()
    wasGoing.current = isGoing
  }, [isGoing, refresh])

  const others = ({ runs }: { runs: readonly RunSummary[] }): RunSummary[] =>
    runs
      .filter(
        (run) => run.id !== currentId && !hidden.has(run.id) && innerExperiment(run) === innerExperiment({ params }),
      )
      .slice(0, SHOWN)
  const lists = [
    { id: 'same', title: t('same'), runs: others(same) },
    { id: 'different', title: t('different'), runs: others(different) },
  ].filter(({ runs }) => runs.length > 0)
  if (lists.length === 0) return null
  // A pair is a comparison already.
  const comparesWith = isGoing || experiment === 'pair' ? null : currentId
  return (
    <Panel
      id="previous"
      title={t('title')}
      description={comparesWith === null ? undefined : t('about')}
      className="print:hidden"
      flush
      actions={
        <Link
          href={`/runs?experiment=${experiment}`}
          className="text-sm text-accent underline-offset-4 hover:underline"
        >
          {t('all')}
        </Link>
      }
    >
      {lists.map(({ id, title, runs }) => (
        <section key={id} aria-labelledby={`previous-${id}`}>
          <h3 id={`previous-${id}`} className="small-label border-t border-line bg-sunken px-5 py-2 sm:px-6">
            {title}
          </h3>
          <ul className="divide-y divide-line border-t border-line">
            {runs.map((run) => (
              <li key={run.id}>
                <RunLine run={run} compareWith={comparesWith} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
})
