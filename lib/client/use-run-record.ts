/** The record of a run without its stream, asked again while it is queued or going. For pages that show several runs. */
'use client'

import useSWR from 'swr'
import type { Run } from '../contract/run.ts'
import { hasEnded } from '../contract/run-status.ts'
import { runPath } from './run-actions.ts'

const REFRESH_MS = 1_000

export function useRunRecord(given: Run): Run {
  const { data } = useSWR<Run>(runPath(given.id), {
    fallbackData: given,
    revalidateOnMount: !hasEnded(given.status),
    revalidateIfStale: false,
    refreshInterval: (run) => (run && hasEnded(run.status) ? 0 : REFRESH_MS),
  })
  return data ?? given
}
