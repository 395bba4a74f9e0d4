/** How long a run of `strategies` should take, from what its workloads took on a machine of 2020s' speed; rough, and said to be. */
import type { Machine } from '../contract/run.ts'
import type { Strategy } from '../contract/strategy.ts'
import type { StrategiesParams } from './strategies.ts'
import { workersOf } from './workers-at-once.ts'

type Size = StrategiesParams['size']

/** One after another, in milliseconds: the whole of it for CPU workloads, each task for the others. */
const WHOLE_MS: Record<string, Record<Size, number>> = {
  primes: { small: 80, medium: 450, large: 3_000 },
  fibonacci: { small: 110, medium: 420, large: 1_800 },
  matrix: { small: 90, medium: 400, large: 1_900 },
  image: { small: 180, medium: 400, large: 900 },
  array: { small: 130, medium: 600, large: 1_500 },
  mining: { small: 90, medium: 320, large: 1_200 },
}
const TASK_MS: Record<string, Record<Size, number>> = {
  http: { small: 23, medium: 63, large: 204 },
  disk: { small: 6, medium: 8, large: 25 },
  database: { small: 12, medium: 45, large: 180 },
  mixed: { small: 10, medium: 22, large: 63 },
}
const STARTUP_MS = { sequential: 150, async: 150, threads: 150, processes: 250 } as const

/** Large inputs are generated once, by a thread that is started for it. */
const GENERATING_MS: Record<string, Record<Size, number>> = {
  array: { small: 150, medium: 250, large: 600 },
  image: { small: 150, medium: 300, large: 550 },
  matrix: { small: 80, medium: 100, large: 150 },
}
/** Buffers that go out and come back, and for `matrix` the one that goes to every task. */
const BUFFERS_MB: Record<string, Record<Size, number>> = {
  array: { small: 13, medium: 48, large: 128 },
  image: { small: 10, medium: 36, large: 78 },
  matrix: { small: 2.4, medium: 9.4, large: 26 },
}
const MATRIX_TO_EVERY_TASK_MB: Record<Size, number> = { small: 1.2, medium: 4.7, large: 13 }

const CALIBRATING_MS = 100
const COPYING_MS_PER_MB = 1.5
/** Cutting the input anew for a round: what is sorted in place, or sent in parts, is copied before. */
const CUTTING_MS_PER_MB = 0.5
/** What copying costs is measured by so many tries, the first of them not counted. */
const COPYING_TRIES = 7
const HANDING_OVER_MS = 10

/** Milliseconds that the whole of a CPU workload takes, one task after another. */
export const computingMs = (workload: string, size: Size): number => WHOLE_MS[workload]?.[size] ?? 0

/** Milliseconds until the input is there; 0 where the work needs none. */
export const generatingMs = (workload: string, size: Size): number => GENERATING_MS[workload]?.[size] ?? 0

interface Point {
  workers: number
  tasks: number
  cpuShare: number
}

type Work = Pick<StrategiesParams, 'workload' | 'size'>

const copiedMb = ({ workload, size }: Work, tasks: number): number =>
  (BUFFERS_MB[workload]?.[size] ?? 0) + (workload === 'matrix' ? tasks * MATRIX_TO_EVERY_TASK_MB[size] : 0)

/** One execution by one strategy: as long as its computing takes on the cores, or its tasks take as many at once as there may be. */
const executionMs = (strategy: Strategy, work: Work, { workers, tasks, cpuShare }: Point, cpus: number): number => {
  const { workload, size } = work
  const whole = WHOLE_MS[workload]?.[size]
  const aloneMs = whole ?? (TASK_MS[workload]?.[size] ?? 20) * tasks
  const computing = whole ?? (workload === 'mixed' ? aloneMs * cpuShare : 0)
  const many = Math.min(workers, tasks)
  const parallel = strategy === 'threads' || strategy === 'processes'
  const coresUsed = parallel ? Math.min(many, cpus) : 1
  // The driver of `database` blocks the event loop.
  const atOnce = parallel || (strategy === 'async' && workload !== 'database') ? many : 1
  const copyingMs = strategy === 'processes' ? copiedMb(work, tasks) * COPYING_MS_PER_MB : 0
  const cuttingMs = (BUFFERS_MB[workload]?.[size] ?? 0) * CUTTING_MS_PER_MB
  return Math.max(computing / coresUsed, aloneMs / atOnce) + cuttingMs + copyingMs + (parallel ? HANDING_OVER_MS : 0)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Milliseconds, start-up and warm-up included. `params.workers` has been resolved. */
export const estimateStrategiesMs = (params: StrategiesParams, machine: Machine): number => {
  const { strategies, sweep, tasks, cpuShare, workload, size } = params
  const own: Point = { workers: params.workers ?? machine.cpus, tasks, cpuShare }
  // The run's own parameters are not measured a second time where they are a point of the sweep.
  const others = sweep?.values.filter((value) => value !== own[sweep.param]) ?? []
  const points = [own, ...others.map((value): Point => (sweep ? { ...own, [sweep.param]: value } : own))]
  const roundMs = sum(
    points.flatMap((point) => strategies.map((strategy) => executionMs(strategy, params, point, machine.cpus))),
  )
  const startupMs = sum(
    strategies.flatMap((strategy) => {
      const crews = new Set(points.map(({ workers }) => workersOf(strategy, workers)))
      return [...crews].map((started) => (STARTUP_MS[strategy] * started) / Math.min(started, machine.cpus))
    }),
  )
  const preparingMs = workload === 'mixed' ? CALIBRATING_MS : generatingMs(workload, size)
  const copyingMs = strategies.includes('processes') ? COPYING_TRIES * copiedMb(params, tasks) * COPYING_MS_PER_MB : 0
  return Math.round(startupMs + preparingMs + roundMs * (params.rounds + params.warmup) + copyingMs)
}
