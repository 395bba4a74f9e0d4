/**
 * The three pictures that the project is about, side by side: timings of the strategies, locks under contention, a queue between
 * bursts and a database. Drawn from the latest runs, live while one of them goes on whoever started it; one button runs all three.
 */
'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useRun, useRunDetails } from '../../lib/client/use-run.ts'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { DASHBOARD_EXPERIMENTS, type DashboardExperiment } from '../../lib/experiments/dashboard-runs.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Button } from '../ui/button.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import {
  type FlowPicture,
  flowSoFar,
  type LockBar,
  locksSoFar,
  strategiesSoFar,
  type TimeBar,
} from './dashboard-pictures.ts'
import { FlowLines } from './flow-lines.tsx'
import { LockBars } from './lock-bars.tsx'
import { PictureCard } from './picture-card.tsx'
import { PictureNote } from './picture-note.tsx'
import { TimeBars } from './time-bars.tsx'
import { useDashboardRuns } from './use-dashboard-runs.ts'

/** What each picture draws; null or empty while there is nothing. */
export interface Drawings {
  strategies: readonly TimeBar[]
  'lock-contention': readonly LockBar[]
  'producer-consumer': FlowPicture | null
}

export interface GivenPicture {
  name: string
  question: string
  /** The last result in a sentence, and its run; null before the first. */
  last: { runId: string; sentence: string; createdAt: string } | null
}

export interface DashboardProps {
  pictures: Readonly<Record<DashboardExperiment, GivenPicture>>
  drawings: Drawings
  /** What strategies and locks are called. */
  labels: Readonly<Record<string, string>>
}

const EMPTY: Drawings = { strategies: [], 'lock-contention': [], 'producer-consumer': null }

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** A run of a list is the run but for its result, which a run that goes on has not. */
const runOf = ({ headline: _, ...summary }: RunSummary): Run => ({ ...summary, result: null })

export function Dashboard({ pictures, drawings, labels }: DashboardProps) {
  const t = useTranslations('dashboard')
  const router = useRouter()
  const runs = useDashboardRuns()
  const [first = null] = runs.going
  const [followed, setFollowed] = useState<Run | null>(null)
  // The record is taken once a run, and not with every refreshed list: what is newer comes over the stream.
  if ((first?.id ?? null) !== (followed?.id ?? null)) setFollowed(first && runOf(first))
  const live = useRun(followed)
  const { trace, samples } = useRunDetails(live?.id ?? '')
  const isGoing = live !== null && !hasEnded(live.status)

  const soFar = live && drawingsSoFar(live, samples, trace.counters)
  /** What was drawn last of a run that has ended, until the page has its result. */
  const [held, setHeld] = useState<{ experiment: string; runId: string; drawings: Drawings } | null>(null)
  const keepAndRefresh = useEffectEvent(() => {
    if (live && soFar) setHeld({ experiment: live.experiment, runId: live.id, drawings: soFar })
    router.refresh()
    void runs.refresh()
  })
  const endedId = live !== null && hasEnded(live.status) ? live.id : null
  useEffect(() => {
    if (endedId !== null) keepAndRefresh()
  }, [endedId])

  const labelOf = (key: string): string => labels[key] ?? key
  const draw = (id: DashboardExperiment): ReactNode | null => {
    const isLive = live?.experiment === id && soFar !== null && !isEmpty(soFar, id)
    const isHeld = held?.experiment === id && held.runId !== pictures[id].last?.runId && !isEmpty(held.drawings, id)
    const source = isLive ? soFar : isHeld ? held.drawings : drawings
    if (isEmpty(source, id)) return null
    if (id === 'strategies') return <TimeBars bars={source.strategies} labelOf={labelOf} />
    if (id === 'lock-contention') return <LockBars bars={source['lock-contention']} labelOf={labelOf} />
    return source['producer-consumer'] && <FlowLines flow={source['producer-consumer']} />
  }

  const order = DASHBOARD_EXPERIMENTS.length
  const allDone = runs.done === order && !runs.isStarting
  const busy = runs.isStarting || (runs.done !== null && !allDone)
  const status = (): string => {
    if (live && isGoing) {
      if (live.status === 'queued') return t('queued', { ahead: live.position })
      const { name } = pictures[live.experiment as DashboardExperiment]
      return busy
        ? t('step', { at: Math.min(order, (runs.done ?? 0) + 1), count: order, name })
        : t('running', { name })
    }
    if (busy) return t('starting')
    if (!allDone) return ''
    return DASHBOARD_EXPERIMENTS.every((id) => runs.newest[id]?.status === 'succeeded') ? t('allDone') : t('allOver')
  }
  return (
    <section aria-labelledby="dashboard-title" className="flex flex-col gap-6">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="flex max-w-prose flex-col gap-1">
          <h2 id="dashboard-title" className="text-2xl">
            {t('title')}
          </h2>
          <p className="text-muted">{t('about')}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="figures min-h-[1.4em] text-sm text-muted">{status() || t('runNote')}</p>
          {busy ? (
            <Button variant="danger" icon="stop" onClick={() => void runs.cancel()}>
              {t('cancel')}
            </Button>
          ) : (
            <Button icon="play" disabled={isGoing} onClick={() => void runs.start()}>
              {t('run')}
            </Button>
          )}
        </div>
      </header>
      {runs.problem && <ProblemAlert problem={runs.problem} />}
      <LiveRegion>{status()}</LiveRegion>
      <div className="grid gap-5 lg:grid-cols-3 lg:grid-rows-[auto_1fr_auto]">
        {DASHBOARD_EXPERIMENTS.map((id) => {
          const { name, question, last } = pictures[id]
          const goingHere = isGoing && live.experiment === id
          const { done, total } = goingHere ? live.progress : { done: 0, total: 0 }
          return (
            <PictureCard
              key={id}
              experiment={id}
              name={name}
              sentence={goingHere ? question : (last?.sentence ?? question)}
              progress={goingHere ? (total > 0 ? done / total : null) : undefined}
              note={<PictureNote last={last} newest={runs.newest[id] ?? null} />}
            >
              {draw(id)}
            </PictureCard>
          )
        })}
      </div>
    </section>
  )
}

const isEmpty = (drawings: Drawings, id: DashboardExperiment): boolean => {
  const drawing = drawings[id]
  return drawing === null || ('length' in drawing && drawing.length === 0)
}

const drawingsSoFar = (
  { params }: Run,
  samples: Parameters<typeof strategiesSoFar>[0],
  counters: Parameters<typeof flowSoFar>[0],
): Drawings => {
  const { strategies, locks, capacity } = params
  return {
    ...EMPTY,
    strategies: strategiesSoFar(samples, texts(strategies)),
    'lock-contention': locksSoFar(samples, texts(locks)),
    'producer-consumer': flowSoFar(counters, typeof capacity === 'number' ? capacity : 0),
  }
}
