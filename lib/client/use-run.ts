/**
 * A run as it is now: given its record, the stream brings what happens, or for an ended run what it left. `useRun` follows it and
 * tells the record alone, which changes seldom; `useRunDetails` tells everything, many times a second while the run goes on.
 * Leaving the page, or asking for another run, closes the stream.
 */
'use client'

import { useEffect } from 'react'
import type { Run } from '../contract/run.ts'
import { EMPTY_TRACE, type LiveRun } from './live-run.ts'
import { useLiveRun } from './live-run-store.ts'
import { type Connection, followRun } from './run-events.ts'

export function useRun<Given extends Run | null>(record: Given): Run | Given {
  const run = useLiveRun((state) => state.live?.run ?? null)
  const id = record?.id ?? null
  useEffect(() => {
    if (record !== null) useLiveRun.getState().hold(record)
  }, [record])
  useEffect(() => {
    if (id === null) return
    const { apply, setConnection, clear } = useLiveRun.getState()
    const stop = followRun(id, { onEvents: (events) => apply(id, events), onConnection: setConnection })
    return () => {
      stop()
      clear()
    }
  }, [id])
  // What the server rendered stands until the first event, and so it does in the first render of the browser.
  return run !== null && run.id === id ? run : record
}

export interface RunDetails extends Pick<LiveRun, 'trace' | 'samples'> {
  connection: Connection
}

const NOTHING_YET: RunDetails = { trace: EMPTY_TRACE, samples: [], connection: 'connecting' }

/** Of the run that `useRun` follows on this page. */
export function useRunDetails(runId: string): RunDetails {
  const live = useLiveRun((state) => state.live)
  const connection = useLiveRun((state) => state.connection)
  return live?.run.id === runId ? { trace: live.trace, samples: live.samples, connection } : NOTHING_YET
}
