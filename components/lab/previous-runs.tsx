/** Earlier runs of the same experiment with the same parameters, and a way to put one of them beside the present one. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useEffect, useRef } from 'react'
import type { ParamValues } from '../../lib/client/param-fields.ts'
import { useRuns } from '../../lib/client/use-runs.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { Panel } from '../ui/panel.tsx'
import { RunLine } from './run-line.tsx'

export interface PreviousRunsProps {
  experiment: string
  params: ParamValues
  currentId: string | null
  isGoing: boolean
}

const ASKED = 50
const SHOWN = 5

export const PreviousRuns = memo(function PreviousRuns({ experiment, params, currentId, isGoing }: PreviousRunsProps) {
  const t = useTranslations('lab.previous')
  const { runs, refresh } = useRuns({ experiment, limit: ASKED })
  const wasGoing = useRef(isGoing)
  useEffect(() => {
    // A run that has just ended is one more to compare with.
    if (wasGoing.current && !isGoing) void refresh()
    wasGoing.current = isGoing
  }, [isGoing, refresh])
  const others = runs.filter((run) => run.id !== currentId)
  const same = others.filter((run) => sameParams(run.params, params))
  const shown = (same.length > 0 ? same : others).slice(0, SHOWN)
  if (shown.length === 0) return null
  return (
    <Panel
      id="previous"
      title={same.length > 0 ? t('same') : t('other')}
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
      <ul className="divide-y divide-line border-t border-line">
        {shown.map((run) => (
          <li key={run.id}>
            <RunLine run={run} compareWith={isGoing ? null : currentId} />
          </li>
        ))}
      </ul>
    </Panel>
  )
})

const sameParams = (a: ParamValues, b: ParamValues): boolean =>
  Object.keys({ ...a, ...b }).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
