/** The words of an experiment or of a run, for components of the browser and of the server. */
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Run } from '../../lib/contract/run.ts'
import { type ExperimentWords, experimentWords, innerExperiment } from './experiment-words.ts'

export function useExperimentWords(id: string, inner?: string): ExperimentWords {
  const t = useTranslations()
  return useMemo(() => experimentWords(t, id, inner), [t, id, inner])
}

export const useRunWords = (run: Pick<Run, 'experiment' | 'params'>): ExperimentWords =>
  useExperimentWords(run.experiment, innerExperiment(run))
