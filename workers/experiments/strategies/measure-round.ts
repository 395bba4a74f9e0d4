/** One round of one variant: the work forked and joined, with its time on the CPU; a failed task becomes the run's failure. */
import type { RunErrorCode } from '#lib/contract/run.ts'
import { findChecksumMismatch } from '#lib/experiments/comparison.ts'
import type { StrategiesParams } from '#lib/experiments/strategies.ts'
import type { TaskError } from '../../executors/executor.ts'
import type { Measurement } from '../../measuring/interleaved-rounds.ts'
import { roundCpuMs } from '../../movies/round-cpu.ts'
import { type ForkJoin, memoryOf } from '../../workloads/fork-join.ts'
import { isStorageFailure } from '../../workloads/storage-failure.ts'
import type { CutOptions } from '../../workloads/workload.ts'
import { type RunContext, RunFailure } from '../run-context.ts'
import { isSamePoint, type Variant } from './variants.ts'
import { needsApi, type Surroundings, workloadOf } from './workload-of.ts'

export interface Round extends Measurement {
  fork: ForkJoin
  /** On the CPU: of the tasks, and of tasks and join together. */
  mappedCpuMs: number
  cpuMs: number
}

/** In what it happened: a task's index, or what is done around them. */
export type FailedIn = number | 'join' | 'input' | 'calibration' | 'copying'

export const failureOf = (
  params: Pick<StrategiesParams, 'workload'>,
  key: string,
  error: TaskError,
  failedIn: FailedIn,
): RunFailure => {
  const isTask = typeof failedIn === 'number'
  let code: RunErrorCode = 'internal'
  if (error.code === 'worker-died') code = 'crashed'
  else if (isStorageFailure(error)) code = 'storage'
  else if (isTask && error.code === 'failed' && needsApi(params)) code = 'movie-api'
  return new RunFailure(code, `${key}, ${isTask ? `task ${failedIn + 1}` : failedIn}: ${error.message}`)
}

export const cutOptionsOf = (
  { size, seed }: Pick<StrategiesParams, 'size' | 'seed'>,
  { input }: Surroundings,
  { tasks, executor }: Variant,
): CutOptions => ({ size, seed, tasks, memory: memoryOf(executor), input })

export const measureRound = async (
  { params, signal, clock, emit }: RunContext<StrategiesParams>,
  surroundings: Surroundings,
  variant: Variant,
  round: number,
): Promise<Round> => {
  const { executor } = variant
  const readCpuMs = await roundCpuMs(executor)
  let mappedCpuMs = 0
  const outcome = await workloadOf(params, surroundings, variant).forkJoin(executor, {
    cut: cutOptionsOf(params, surroundings, variant),
    round,
    signal,
    nowUs: () => clock.nowUs(),
    onMapped: async (reports) => {
      mappedCpuMs = await readCpuMs(reports)
    },
  })
  signal.throwIfAborted()
  if (!outcome.ok) throw failureOf(params, variant.key, outcome.error, outcome.task)
  const { value } = outcome
  // Of a sweep only the run's own parameters are drawn: the others would fill the timeline with the same picture.
  if (variant.own) emit.spans({ spans: value.spans })
  const cpuMs = await readCpuMs([...value.reports, value.joinReport])
  return { elapsedMs: value.elapsedMs, fork: value, mappedCpuMs, cpuMs, fields: sampleFields(params, variant) }
}

const sampleFields = ({ sweep }: StrategiesParams, variant: Variant) => ({
  strategy: variant.strategy,
  workers: variant.workers,
  tasks: variant.tasks,
  ...(sweep && { [sweep.param]: variant.value ?? variant[sweep.param] }),
})

/** Every strategy must have computed the same answer, at each point and in every round. */
export const refuseDifferentAnswers = (variants: readonly Variant[], rounds: ReadonlyMap<string, Round[]>): void => {
  for (const point of variants) {
    const answers = variants
      .filter((variant) => isSamePoint(variant, point))
      .flatMap(({ key }) => (rounds.get(key) ?? []).map(({ fork }) => ({ key, checksum: fork.joined.checksum })))
    const mismatch = findChecksumMismatch(answers)
    if (mismatch) {
      const { expected, actual } = mismatch
      throw new RunFailure(
        'checksum-mismatch',
        `${expected.key} computed ${expected.checksum}, ${actual.key} ${actual.checksum}`,
      )
    }
  }
}
