/** The finding that stands for a run's result: worked out from the result, or what the server said of it until its view is there. */
'use client'

import { useMemo } from 'react'
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import type { ExperimentView } from '../experiments/experiment-view.ts'

export function useHeadline(run: Run | null, view: ExperimentView | null, given: Finding | null): Finding | null {
  const { result = null, params = null } = run ?? {}
  return useMemo(
    () => (result && params && view ? view.headline(result, params) : null) ?? given,
    [result, params, view, given],
  )
}
