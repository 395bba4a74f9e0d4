/** Deadlock: the wait-for graph with its cycle, the four conditions, what each thread got done, progress and retries over time. */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import type { CounterSeries, Trace } from '../../lib/contract/trace.ts'
import type { DeadlockParams, DeadlockResult } from '../../lib/experiments/deadlock.ts'
import { deadlockHeadline } from '../../lib/experiments/deadlock-findings.ts'
import { locksOf } from '../../lib/experiments/deadlock-policies.ts'
import { deadlockQuestions } from '../../lib/experiments/deadlock-questions.ts'
import { buildWaitForGraph, type WaitForGraph } from '../../lib/experiments/wait-for-graph.ts'
import { LinesChart } from '../charts/lines-chart.tsx'
import { StackedBars } from '../charts/stacked-bars.tsx'
import { WaitForGraphChart } from '../charts/wait-for-graph-chart.tsx'
import { CoffmanTable } from './deadlock-coffman.tsx'
import { type ChartsProps, defineView } from './experiment-view.ts'

/** A name for each node id, in the words of the scenario. */
function useNodeNames({ scenario, policy }: DeadlockParams): (id: string) => string {
  const t = useTranslations('experiments.deadlock')
  return (id) => {
    const [kind, number] = id.split('-')
    const index = Number(number)
    if (kind === 'thread') return t(`thread.${scenario}`, { index })
    return policy === 'one-lock' ? t('lock.one-lock') : t(`lock.${scenario}`, { index })
  }
}

/** More would be read by nobody in one line; the table has them all. */
const LONGEST_CYCLE = 10

/** Back to where it began, a long one without its middle. */
const shortened = (cycle: readonly string[]): string[] => [
  ...(cycle.length > LONGEST_CYCLE ? [...cycle.slice(0, 4), '…', ...cycle.slice(-2)] : cycle),
  ...cycle.slice(0, 1),
]

const quietGraph = ({ scenario, policy, participants = 1 }: DeadlockParams): WaitForGraph =>
  buildWaitForGraph(
    { wants: Array(participants).fill(null), holders: Array(locksOf(scenario, policy, participants)).fill(null) },
    'Thread',
    'Lock',
  )

function Graph({ params, result }: { params: DeadlockParams; result: DeadlockResult | null }) {
  const t = useTranslations('experiments.deadlock')
  const nameOf = useNodeNames(params)
  // Until something was seen: threads and locks, and nobody who waits.
  const graph = result?.waitForGraph ?? quietGraph(params)
  const about = (): ReactNode => {
    if (!result) return t('graph.pending')
    if (!result.waitForGraph) return t('graph.nothing')
    if (graph.cycle.length === 0) return t('graph.aboutNoCycle')
    const cycle = shortened(graph.cycle.map(nameOf)).join(' → ')
    const which =
      result.outcome === 'deadlocked' ? 'aboutFroze' : params.policy === 'timeout' ? 'aboutLast' : 'aboutFirst'
    return `${t(`graph.${which}`)} ${t('graph.aboutCycle', { cycle })}`
  }
  return (
    <WaitForGraphChart
      title={t('graph.title')}
      subtitle={about()}
      graph={graph}
      nameOf={nameOf}
      threadsLabel={t(`threads.${params.scenario}`)}
      locksLabel={t(params.policy === 'one-lock' ? 'locks.one-lock' : `locks.${params.scenario}`)}
    />
  )
}

function RoundsDone({ params, result }: { params: DeadlockParams; result: DeadlockResult | null }) {
  const t = useTranslations('experiments.deadlock')
  const threads = params.participants ?? 1
  return (
    <StackedBars
      title={t('rounds.title')}
      subtitle={t('rounds.about', { rounds: params.rounds })}
      xLabel={t('rounds.axis')}
      parts={[
        { key: 'done', label: t('rounds.done'), colour: 'var(--span-held)' },
        { key: 'left', label: t('rounds.left'), colour: 'var(--span-idle)' },
      ]}
      rows={Array.from({ length: threads }, (_, i) => {
        const done = result?.roundsDone[i] ?? 0
        return {
          key: `thread-${i + 1}`,
          label: t(`thread.${params.scenario}`, { index: i + 1 }),
          values: { done, left: params.rounds - done },
        }
      })}
    />
  )
}

const counterOf = (trace: Trace, name: string): CounterSeries | undefined =>
  trace.counters.find((counter) => counter.name === name)

interface OverTimeProps {
  params: DeadlockParams
  result: DeadlockResult | null
  trace: Trace
}

function OverTime({ params, result, trace }: OverTimeProps) {
  const t = useTranslations('experiments.deadlock.overTime')
  const [rounds, retries] = [counterOf(trace, 'rounds-done'), counterOf(trace, 'retries')]
  const retried = params.policy === 'timeout' || params.policy === 'detect'
  const startUs = rounds?.times[0] ?? 0
  const series = useMemo(
    () =>
      [
        { key: 'rounds', counter: rounds, colour: 'var(--span-held)' },
        ...(retried ? [{ key: 'retries', counter: retries, colour: 'var(--span-wait)' }] : []),
      ].map(({ key, counter, colour }) => ({
        key,
        label: t(key as 'rounds' | 'retries'),
        colour,
        stepped: true,
        points: counter?.times.map((us, i) => ({ x: (us - startUs) / 1000, y: counter.values[i] ?? 0 })) ?? [],
      })),
    [t, rounds, retries, retried, startUs],
  )
  const wholeMs = Math.max(0, (rounds?.times.at(-1) ?? 0) - startUs) / 1000
  const stuckMs = result?.stuckAt ? Math.max(0, result.stuckAt.traceUs - startUs) / 1000 : 0
  const about =
    result?.outcome === 'livelocked'
      ? t('aboutLivelock')
      : result?.outcome === 'deadlocked'
        ? t('aboutDeadlock')
        : t('aboutProgress')
  return (
    <LinesChart
      title={t(retried ? 'title' : 'titleRounds')}
      subtitle={about}
      xLabel={t('x')}
      yLabel={t('y')}
      series={series}
      // Where nothing moved from the start a mark would only cover the axis.
      references={
        stuckMs > wholeMs / 10
          ? [{ axis: 'x', value: stuckMs, label: t(result?.outcome === 'deadlocked' ? 'froze' : 'stuck') }]
          : []
      }
    />
  )
}

function DeadlockCharts({ params, result, trace }: ChartsProps<DeadlockParams, DeadlockResult>) {
  return (
    <>
      <Graph params={params} result={result} />
      <CoffmanTable policy={params.policy} cyclesSeen={result?.cyclesSeen ?? null} />
      <OverTime params={params} result={result} trace={trace} />
      <RoundsDone params={params} result={result} />
    </>
  )
}

export const deadlockView = defineView<DeadlockParams, DeadlockResult>({
  Charts: DeadlockCharts,
  questions: deadlockQuestions,
  headline: deadlockHeadline,
  markers: ({ outcome, stuckAt }) => (stuckAt ? [{ atUs: stuckAt.traceUs, code: outcome }] : []),
})
