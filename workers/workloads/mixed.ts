/**
 * Tasks that compute for one share of their time and wait for the rest: a stretch of primes, then a request to the embedded
 * movie API whose emulated latency is the waiting. How much computing makes a millisecond is measured by the caller on this
 * machine before, so that every strategy does the same, counted work.
 */
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { settledRate } from '../measuring/settled-rate.ts'
import { requestDetails } from '../movies/movie-requests.ts'
import type { WorkerClient } from '../movies/worker-clients.ts'
import { checksumOfText } from './checksum.ts'
import { countPrimes } from './primes.ts'
import type { Cut, CutOptions, Joined, Workload, WorkloadSize } from './workload.ts'

export interface MixedArgs {
  /** Numbers to look at, from FIRST on; 0: nothing is computed. */
  numbers: number
  /** null: nothing is waited for. */
  request: { client: WorkerClient; movieId: number } | null
  index: number
}

export type MixedPart = string

/** How long a task takes alone, in milliseconds. */
export const MIXED_TASK_MS: Record<WorkloadSize, number> = { small: 8, medium: 20, large: 60 }

/** Large numbers, all about equally hard, so that twice the numbers is twice the work. */
const FIRST = 10_000_000

export const mixed = async ({ numbers, request, index }: MixedArgs, context: TaskContext): Promise<MixedPart> => {
  const computed = countPrimes({ from: FIRST, to: FIRST + numbers }, context)
  if (request === null) return `${index}:${computed.count}:${computed.sum}`
  const answer = await requestDetails(request, context)
  if (!answer.ok) throw new Error(`film ${request.movieId}: ${answer.failure.code}: ${answer.failure.message}`)
  return `${index}:${computed.count}:${computed.sum}:${answer.value.title}`
}

export const joinMixed = ({ parts }: { parts: MixedPart[] }): Joined => ({
  checksum: checksumOfText(parts.join()),
  artefact: null,
})

const CALIBRATION_NUMBERS = 20_000
const CHUNKS = 4

/** Numbers looked at per millisecond of computing. */
export const calibrateMixed = (_: null, context: Pick<TaskContext, 'cancelled'>): number =>
  settledRate(
    () => {
      countPrimes({ from: FIRST, to: FIRST + CALIBRATION_NUMBERS }, context)
      return CALIBRATION_NUMBERS
    },
    { chunksPerBatch: CHUNKS },
  )

export const calibrateMixedTask = defineTask<null, number>(import.meta.url, 'calibrateMixed')
const mixedTask = defineTask<MixedArgs, MixedPart>(import.meta.url, 'mixed')
const joinTask = defineTask<{ parts: MixedPart[] }, Joined>(import.meta.url, 'joinMixed')

export interface MixedOptions {
  /** 0 waits all the time, 1 computes all the time. */
  cpuShare: number
  numbersPerMs: number
  /** The client whose base URL carries the latency that goes with the share. */
  client: WorkerClient
}

export const createMixedWorkload = ({
  cpuShare,
  numbersPerMs,
  client,
}: MixedOptions): Workload<MixedArgs, MixedPart> => ({
  id: 'mixed',
  kind: 'mixed',
  cut({ size, tasks }: CutOptions): Cut<MixedArgs, MixedPart> {
    const numbers = Math.round(MIXED_TASK_MS[size] * cpuShare * numbersPerMs)
    return {
      task: mixedTask,
      argsList: Array.from({ length: tasks }, (_, index) => ({
        numbers,
        request: cpuShare >= 1 ? null : { client, movieId: 1 + index },
        index,
      })),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
})
