/** The workloads that compute, each with the number of tasks it is cut into here, ready to be executed partly serially. */
import type { ScalingParams } from '#lib/experiments/scaling.ts'
import type { Executor } from '../../executors/executor.ts'
import { arrayWorkload } from '../../workloads/array.ts'
import { fibonacciWorkload } from '../../workloads/fibonacci.ts'
import { type GeneratedOutcome, generateInput } from '../../workloads/generate-input.ts'
import { imageWorkload } from '../../workloads/image.ts'
import { matrixWorkload } from '../../workloads/matrix.ts'
import { miningWorkload } from '../../workloads/mining.ts'
import { primesWorkload } from '../../workloads/primes.ts'
import type { CutOptions, Workload } from '../../workloads/workload.ts'
import { executePartlySerial, type PartlySerialOptions, type PartlySerialOutcome } from './partly-serial.ts'

/** So fine that sixteen workers end together. */
const FINE = 256
/** Those whose tasks carry buffers: finer ones would spend their time on margins and on copying. */
const COARSE = 64

export interface DivisibleWorkload {
  /** What all executions work on. */
  generate(cut: Pick<CutOptions, 'size' | 'seed'>, signal: AbortSignal): Promise<GeneratedOutcome>
  execute(
    executor: Executor,
    options: Omit<PartlySerialOptions, 'cut'> & { cut: Omit<PartlySerialOptions['cut'], 'tasks'> },
  ): Promise<PartlySerialOutcome>
}

const divisible = <Args, Part, Extra extends object>(
  workload: Workload<Args, Part, Extra>,
  tasks: number,
): DivisibleWorkload => ({
  generate: (cut, signal) => generateInput(workload, cut, signal),
  execute: (executor, options) =>
    executePartlySerial(executor, workload, { ...options, cut: { ...options.cut, tasks } }),
})

export const divisibleWorkloads: Record<ScalingParams['workload'], DivisibleWorkload> = {
  primes: divisible(primesWorkload, FINE),
  fibonacci: divisible(fibonacciWorkload, FINE),
  mining: divisible(miningWorkload, FINE),
  matrix: divisible(matrixWorkload, COARSE),
  image: divisible(imageWorkload, COARSE),
  array: divisible(arrayWorkload, COARSE),
}
