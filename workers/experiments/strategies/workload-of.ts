/** The workload that a run asks for, with what it needs of its surroundings: a folder, the embedded movie API, a calibration. */
import type { Strategy } from '#lib/contract/strategy.ts'
import type { StrategiesParams } from '#lib/experiments/strategies.ts'
import { withConditions } from '#lib/movies/conditions.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'
import type { Executor } from '../../executors/executor.ts'
import type { WorkerClient } from '../../movies/worker-clients.ts'
import { arrayWorkload } from '../../workloads/array.ts'
import { type CopyingOutcome, measureCopying } from '../../workloads/copying.ts'
import { createDatabaseWorkload } from '../../workloads/database.ts'
import { createDiskWorkload } from '../../workloads/disk.ts'
import { fibonacciWorkload } from '../../workloads/fibonacci.ts'
import { type ForkJoinOptions, type ForkJoinOutcome, forkJoin } from '../../workloads/fork-join.ts'
import { type GeneratedOutcome, generateInput } from '../../workloads/generate-input.ts'
import { createHttpWorkload, HTTP_LATENCY_MS } from '../../workloads/http.ts'
import { imageWorkload } from '../../workloads/image.ts'
import { matrixWorkload } from '../../workloads/matrix.ts'
import { miningWorkload } from '../../workloads/mining.ts'
import { createMixedWorkload, MIXED_TASK_MS } from '../../workloads/mixed.ts'
import { primesWorkload } from '../../workloads/primes.ts'
import type { CutOptions, Workload } from '../../workloads/workload.ts'

/** A workload whose own types no longer matter: its halves were put together where they were known. */
export interface Forkable {
  id: string
  kind: 'cpu' | 'io' | 'mixed'
  forkJoin(executor: Executor, options: ForkJoinOptions): Promise<ForkJoinOutcome>
  /** Hands the buffers over and back without computing. */
  copy(executor: Executor, options: CutOptions, signal: AbortSignal): Promise<CopyingOutcome>
  /** What all its rounds work on. */
  generate(options: Pick<CutOptions, 'size' | 'seed'>, signal: AbortSignal): Promise<GeneratedOutcome>
}

const forkable = <Args, Part, Extra extends object>(workload: Workload<Args, Part, Extra>): Forkable => ({
  id: workload.id,
  kind: workload.kind,
  forkJoin: (executor, options) => forkJoin(executor, workload, options),
  copy: (executor, options, signal) => measureCopying(executor, workload, options, signal),
  generate: (options, signal) => generateInput(workload, options, signal),
})

export interface Surroundings {
  folder: string
  /** The embedded one. */
  movieApi: MovieApiSettings
  /** How much of `mixed` makes a millisecond of computing here; 0 for other workloads. */
  numbersPerMs: number
  /** What all rounds work on (`Forkable.generate`). */
  input: SharedArrayBuffer
}

/** Its tasks ask the embedded movie API. */
export const needsApi = ({ workload }: Pick<StrategiesParams, 'workload'>): boolean =>
  workload === 'http' || workload === 'mixed'

/** The latency that is emulated for this workload at this share of computing; null where nothing is emulated. */
export const emulatedLatencyMs = ({ workload, size }: StrategiesParams, cpuShare: number): number | null => {
  if (workload === 'http') return HTTP_LATENCY_MS[size]
  return workload === 'mixed' ? MIXED_TASK_MS[size] * (1 - cpuShare) : null
}

/** @param variant the strategy and what the sweep sets for it */
export const workloadOf = (
  params: StrategiesParams,
  { folder, movieApi, numbersPerMs }: Omit<Surroundings, 'input'>,
  variant: { strategy: Strategy; workers: number; cpuShare: number },
): Forkable => {
  const client: WorkerClient = {
    baseUrl: withConditions(movieApi.baseUrl, {
      latencyMs: emulatedLatencyMs(params, variant.cpuShare) ?? 0,
      // Nothing but the machine is to vary: a crossover drawn through jitter would need many more rounds.
      jitter: 0,
      seed: params.seed,
    }),
    token: movieApi.token,
    connections: variant.strategy === 'async' ? variant.workers : 1,
    rate: null,
  }
  switch (params.workload) {
    case 'primes':
      return forkable(primesWorkload)
    case 'fibonacci':
      return forkable(fibonacciWorkload)
    case 'matrix':
      return forkable(matrixWorkload)
    case 'image':
      return forkable(imageWorkload)
    case 'array':
      return forkable(arrayWorkload)
    case 'mining':
      return forkable(miningWorkload)
    case 'http':
      return forkable(createHttpWorkload(client))
    case 'disk':
      return forkable(createDiskWorkload(folder))
    case 'database':
      return forkable(createDatabaseWorkload(folder))
    case 'mixed':
      return forkable(createMixedWorkload({ cpuShare: variant.cpuShare, numbersPerMs, client }))
  }
}
