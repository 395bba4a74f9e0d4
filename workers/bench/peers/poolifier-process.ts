/** What poolifier starts as a process. */
import { ClusterWorker } from 'poolifier'
import type { PrimesArgs } from '../../workloads/primes.ts'
import task from './exported-task.ts'

export default new ClusterWorker<PrimesArgs | null, unknown>((args) => task(args ?? null))
