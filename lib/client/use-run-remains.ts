/**
 * What an ended run left besides its record: its trace and samples, for pages that show several runs. Its stream ends at once with
 * one snapshot, so a page may read a few of them; while a run goes on nothing is read.
 */
'use client'

import { useEffect, useState } from 'react'
import type { Run } from '../contract/run.ts'
import { hasEnded } from '../contract/run-status.ts'
import { applyEvents, EMPTY_TRACE, type LiveRun, liveRunOf } from './live-run.ts'
import { followRun } from './run-events.ts'

export type RunRemains = Pick<LiveRun, 'trace' | 'samples'>

const NOTHING: RunRemains = { trace: EMPTY_TRACE, samples: [] }

export function useRunRemains(run: Run): RunRemains {
  const [remains, setRemains] = useState(NOTHING)
  useEffect(() => {
    if (!hasEnded(run.status)) return
    return followRun(run.id, {
      onEvents: (events) => setRemains(applyEvents(liveRunOf(run), events)),
      onConnection: () => undefined,
    })
  }, [run])
  return remains
}
