/** How long a run of `strategies` should take, from what its workloads took on a machine of 2020s' speed; rough, and said to be. */
import type { Machine } from '../contract/run.ts'
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

/** Milliseconds that the whole of a CPU workload takes, one task after another. */
export const computingMs = (workload: string, size: Size): number => WHOLE_MS[workload]?.[size] ?? 0

const roundMs = (params: StrategiesParams, workers: number, tasks: number, cpus: number): number => {
  const whole = WHOLE_MS[params.workload]?.[params.size]
  const perTask = TASK_MS[params.workload]?.[params.size] ?? 20
  const sequentialMs = whole ?? perTask * tasks
  return params.strategies.reduce((sum, strategy) => {
    if (strategy === 'sequential') return sum + sequentialMs
    if (strategy === 'async') return sum + (whole ?? sequentialMs)
    const atOnce = whole === undefined ? Math.min(workers, tasks) : Math.min(workers, tasks, cpus)
    return sum + sequentialMs / atOnce + 10
  }, 0)
}

/** Milliseconds, start-up and warm-up included. `params.workers` has been resolved. */
export const estimateStrategiesMs = (params: StrategiesParams, machine: Machine): number => {
  const workers = params.workers ?? machine.cpus
  const values = params.sweep?.values ?? []
  const points = values.map((value) => ({
    workers: params.sweep?.param === 'workers' ? value : workers,
    tasks: params.sweep?.param === 'tasks' ? value : params.tasks,
  }))
  const all = [{ workers, tasks: params.tasks }, ...points]
  const rounds = params.rounds + params.warmup
  const measuringMs =
    all.reduce((sum, point) => sum + roundMs(params, point.workers, point.tasks, machine.cpus), 0) * rounds
  const startupMs = params.strategies.reduce((sum, strategy) => {
    const started = workersOf(strategy, workers)
    return sum + (STARTUP_MS[strategy] * started) / Math.min(started, machine.cpus)
  }, 0)
  return Math.round(startupMs + measuringMs)
}
