/** The words of an experiment, for components of the browser and of the server. */
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type ExperimentWords, experimentWords } from './experiment-words.ts'

export function useExperimentWords(id: string): ExperimentWords {
  const t = useTranslations()
  return useMemo(() => experimentWords(t, id), [t, id])
}
