/**
 * The runs behind the three pictures: which of them are going, whoever started them, and the way to start all three and to call off
 * those that were started here. The server's queue runs them one after another, so leaving the page loses nothing.
 */
'use client'

import { useRef, useState } from 'react'
import useSWR from 'swr'
import { type ApiProblem, apiPath } from '../../lib/client/api.ts'
import { sendCommand, startRun } from '../../lib/client/run-actions.ts'
import type { RunList, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import {
  DASHBOARD_EXPERIMENTS,
  DASHBOARD_SET_UPS,
  type DashboardExperiment,
  isDashboardExperiment,
} from '../../lib/experiments/dashboard-runs.ts'

export interface DashboardRuns {
  /** Queued or running, in the order in which they are executed. */
  going: readonly RunSummary[]
  /** The newest of each experiment that the list knows, however it ended. */
  newest: Readonly<Partial<Record<DashboardExperiment, RunSummary>>>
  /** How many of the last three that were started here are over; null where none were. */
  done: number | null
  isStarting: boolean
  problem: ApiProblem | null
  start(): Promise<void>
  cancel(): Promise<void>
  refresh(): Promise<unknown>
}

/** Enough to see three that have just been started behind others that wait. */
const LIST = apiPath('/api/runs', { limit: 20 })
const WHILE_GOING_MS = 1_000
const OTHERWISE_MS = 5_000

const goingOf = (list: RunList | undefined): RunSummary[] =>
  (list?.runs ?? [])
    .filter(({ experiment, status }) => isDashboardExperiment(experiment) && !hasEnded(status))
    .reverse()

export function useDashboardRuns(): DashboardRuns {
  const [started, setStarted] = useState<readonly string[]>([])
  const [isStarting, setIsStarting] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const stopping = useRef(false)
  const { data, mutate } = useSWR<RunList, ApiProblem>(LIST, {
    refreshInterval: (list) => (goingOf(list).length > 0 ? WHILE_GOING_MS : OTHERWISE_MS),
  })
  const going = goingOf(data)
  const mine = going.filter(({ id }) => started.includes(id))

  const start = async (): Promise<void> => {
    setIsStarting(true)
    setProblem(null)
    stopping.current = false
    const ids: string[] = []
    for (const experiment of DASHBOARD_EXPERIMENTS) {
      if (stopping.current) break
      const answer = await startRun(experiment, DASHBOARD_SET_UPS[experiment], null)
      if (answer.problem) {
        setProblem(answer.problem)
        break
      }
      ids.push(answer.data.id)
      setStarted([...ids])
      await mutate()
    }
    setIsStarting(false)
  }

  const cancel = async (): Promise<void> => {
    stopping.current = true
    // The last first: none of those that wait begins while the others are called off. One that has ended meanwhile answers 409.
    for (const { id } of mine.toReversed()) {
      const { problem: refusal } = await sendCommand(id, 'cancel')
      if (refusal && refusal.status !== 409) setProblem(refusal)
    }
    await mutate()
  }

  const newest = Object.fromEntries(
    DASHBOARD_EXPERIMENTS.flatMap((id) => {
      const run = data?.runs.find(({ experiment }) => experiment === id)
      return run ? [[id, run]] : []
    }),
  )
  return {
    going,
    newest,
    done: started.length > 0 ? started.length - mine.length : null,
    isStarting,
    problem,
    start,
    cancel,
    refresh: mutate,
  }
}
