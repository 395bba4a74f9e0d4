/** Which sentences a run of `strategies` supports: about waiting and computing, cores, start-up, copying, the crossover. */
import type { Comparison, Finding } from '../contract/comparison.ts'
import { headlineOf, modelFinding, pairFinding, rounded, startupFinding } from './comparison-findings.ts'
import type { StrategiesParams, StrategiesResult, SweepPoint } from './strategies.ts'

export const strategiesHeadline = (
  { comparison, sweep, cores }: Pick<StrategiesResult, 'comparison' | 'sweep' | 'cores'>,
  { tasks }: Pick<StrategiesParams, 'tasks'>,
): Finding | null =>
  (sweep?.param === 'cpuShare' ? crossoverFinding(sweep.points)[0] : undefined) ??
  limitFinding(comparison, cores, tasks)[0] ??
  headlineOf(comparison)

const entryOf = (comparison: Comparison, key: string) => comparison.entries.find((entry) => entry.key === key)

/** Async against one after another, by what kind of work it was. */
const asyncFinding = (comparison: Comparison, kind: 'cpu' | 'io' | 'mixed', workload: string): Finding[] => {
  const loop = entryOf(comparison, 'async')
  if (comparison.baseline !== 'sequential' || !loop) return []
  const { verdict } = loop.speedup
  if (verdict === 'too-few-rounds' || verdict === 'faster') return []
  if (kind === 'cpu') return [{ code: 'async-never-waits', values: { workload } }]
  return workload === 'database' ? [{ code: 'async-blocking-driver', values: { workload } }] : []
}

/** Threads that compute: how much of what workers, cores and tasks allow was reached. Said only where the interval tells it from 1. */
const limitFinding = (comparison: Comparison, cores: number, tasks: number): Finding[] => {
  const threads = entryOf(comparison, 'threads')
  if (comparison.baseline !== 'sequential' || threads?.speedup.verdict !== 'faster' || !threads.workers) return []
  if (threads.computes !== true) return []
  const { workers } = threads
  const limit = Math.min(workers, cores, tasks)
  // Other programs shared the cores: what follows from the limit would contradict the figure beside it.
  const exceeded = (threads.speedup.ci95?.[0] ?? 0) > limit
  const code = exceeded
    ? 'limit-exceeded'
    : limit < Math.min(workers, cores)
      ? 'limit-of-tasks'
      : workers > cores
        ? 'limit-of-cores'
        : 'limit-of-workers'
  return [{ code, values: { workers, cores, tasks, limit, speedup: rounded(threads.speedup.value, 2) } }]
}

/** Said where the interval tells what copying took from nothing. */
const copyingFinding = (copying: StrategiesResult['copying']): Finding[] =>
  copying?.ci95Ms && copying.ci95Ms[0] > 0
    ? [{ code: 'copying', values: { megabytes: rounded(copying.bytes / 1e6, 1), ms: rounded(copying.ms, 1) } }]
    : []

/** One disk serves all who wait for it, which the model leaves out; elsewhere the distance has no such cause. */
const modelOf = (comparison: Comparison, workload: string): Finding[] =>
  modelFinding(comparison.entries).map((finding) =>
    finding.code === 'slower-than-model' && (workload === 'disk' || workload === 'database')
      ? { ...finding, code: 'slower-than-model-storage' }
      : finding,
  )

/** From how many such tasks on processes pay back their start, at what each task saves. */
const paybackFinding = (comparison: Comparison, tasks: number): Finding[] => {
  const base = entryOf(comparison, 'sequential')
  const processes = entryOf(comparison, 'processes')
  if (!base || processes?.speedup.verdict !== 'faster') return []
  const extraMs = processes.startupMs - base.startupMs
  const savedPerTaskMs = (base.medianMs - processes.medianMs) / tasks
  if (extraMs <= 0 || savedPerTaskMs <= 0) return []
  return [
    {
      code: 'processes-startup',
      values: { ms: rounded(processes.startupMs, 0), tasks: Math.ceil(extraMs / savedPerTaskMs) },
    },
  ]
}

/** Where async stops helping and where threads begin to, as far as the verdicts of the points tell. */
export const crossoverFinding = (points: readonly SweepPoint[]): Finding[] => {
  const verdictAt = (point: SweepPoint, key: string) => point.entries.find((entry) => entry.key === key)?.speedup
  const ascending = [...points].sort((a, b) => a.value - b.value)
  const faster = (key: string) => ascending.filter((point) => verdictAt(point, key)?.verdict === 'faster')
  const lastAsync = faster('async').at(-1)
  const lastThreads = faster('threads').at(-1)
  const stops = ascending.find((point) => lastAsync && point.value > lastAsync.value && verdictAt(point, 'async'))
  if (lastAsync && stops && lastThreads && lastThreads.value > lastAsync.value) {
    return [
      {
        code: 'crossover',
        values: {
          last: rounded(lastAsync.value * 100, 0),
          stops: rounded(stops.value * 100, 0),
          threads: rounded(verdictAt(lastThreads, 'threads')?.value ?? 0, 2),
          at: rounded(lastThreads.value * 100, 0),
        },
      },
    ]
  }
  return []
}

export interface StrategiesFacts {
  params: Pick<StrategiesParams, 'workload' | 'tasks' | 'workers'>
  kind: 'cpu' | 'io' | 'mixed'
  result: Pick<StrategiesResult, 'comparison' | 'sweep' | 'cores' | 'copying'>
}

export const strategiesFindings = ({ params, kind, result }: StrategiesFacts): Finding[] => {
  const { comparison, sweep, cores, copying } = result
  const headline = strategiesHeadline(result, params)
  const workers = params.workers ?? cores
  const startup = startupFinding(comparison.entries)
  const outweighs = startup.some(({ values }) => values.strategy === 'processes')
  const parallel = comparison.entries.some(({ key }) => key === 'threads' || key === 'processes')
  const findings = [
    ...(headline ? [headline] : []),
    ...(sweep?.param === 'cpuShare' ? crossoverFinding(sweep.points) : []),
    ...limitFinding(comparison, cores, params.tasks),
    ...asyncFinding(comparison, kind, params.workload),
    ...pairFinding(comparison, 'threads', 'processes'),
    ...copyingFinding(copying),
    // Both speak of the same start; the one that weighs it against the work says more.
    ...(outweighs ? [] : paybackFinding(comparison, params.tasks)),
    ...startup,
    ...modelOf(comparison, params.workload),
    ...(parallel && workers > params.tasks
      ? [{ code: 'more-workers-than-tasks', values: { workers, tasks: params.tasks } }]
      : []),
  ]
  return findings.filter((finding, i) => findings.findIndex((other) => other.code === finding.code) === i)
}
