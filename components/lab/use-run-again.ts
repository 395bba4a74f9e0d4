/** Starts the set-up of a run once more and goes to the new run; what refuses it is told in a notice. */
'use client'

import { useState } from 'react'
import { startRun } from '../../lib/client/run-actions.ts'
import type { Run } from '../../lib/contract/run.ts'
import { useRouter } from '../../lib/i18n/navigation.ts'
import { useErrorText } from '../shell/problem-alert.tsx'
import { useToast } from '../ui/toast.tsx'

export function useRunAgain({
  experiment,
  params,
}: Pick<Run, 'experiment' | 'params'>): [again: () => Promise<void>, isStarting: boolean] {
  const toast = useToast()
  const router = useRouter()
  const errorText = useErrorText()
  const [isStarting, setIsStarting] = useState(false)
  const again = async (): Promise<void> => {
    setIsStarting(true)
    const started = await startRun(experiment, params, null)
    setIsStarting(false)
    if (started.problem) toast({ message: errorText(started.problem.code) })
    else router.push(`/runs/${started.data.id}`)
  }
  return [again, isStarting]
}
