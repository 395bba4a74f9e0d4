/** What poolifier starts as a thread. It calls an empty argument `undefined`. */
import { ThreadWorker } from 'poolifier'
import type { PrimesArgs } from '../../workloads/primes.ts'
import task from './exported-task.ts'

export default new ThreadWorker<PrimesArgs | null, unknown>((args) => task(args ?? null))
