/** The view of an experiment, loaded once; null until it is there. */
'use client'

import useSWRImmutable from 'swr/immutable'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { loadView } from '../experiments/registry.tsx'

export function useExperimentView(id: string): ExperimentView | null {
  return useSWRImmutable(['experiment view', id], () => loadView(id)).data ?? null
}
