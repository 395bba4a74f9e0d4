/**
 * How much memory a run may hold: 1 GB, and what its threads and processes take for being there, so that as many as the form
 * offers can be asked for. More of them than this machine has memory for are refused with the number that would fit.
 */
import { type Outcome, succeed } from '../contract/failure.ts'
import { refuseFields } from '../contract/parse-input.ts'
import type { Machine } from '../contract/run.ts'
import type { Experiment } from '../experiments/experiment.ts'

const MEGABYTE = 1024 ** 2
const RUN_BYTES = 1024 * MEGABYTE
/** Measured with Node 26: 22 to 35 MB, a thread with the modules of a search loaded as well as a process. */
const WORKER_BYTES = 40 * MEGABYTE
/** The rest of the machine is others'. */
const SHARE_OF_MACHINE = 0.75
/** 32 threads and 32 processes, and once more as many for a sweep. */
const MOST_WORKERS = 128
/** Accepted on any machine: the defaults of every experiment need no more. */
const FEWEST_WORKERS = 20

const mostWorkers = (machine: Machine): number => {
  const fitting = Math.floor((machine.memoryBytes * SHARE_OF_MACHINE - RUN_BYTES) / WORKER_BYTES)
  return Math.max(FEWEST_WORKERS, Math.min(MOST_WORKERS, fitting))
}

/** Bytes of the run's whole process tree. */
export const memoryAllowance = (
  experiment: Experiment,
  params: Record<string, unknown>,
  machine: Machine,
): Outcome<number> => {
  const workers = experiment.workersAtOnce?.(params, machine) ?? 0
  const most = mostWorkers(machine)
  if (workers <= most) return succeed(RUN_BYTES + workers * WORKER_BYTES)
  const message = `${workers} threads and processes would be alive at once; at most ${most} are accepted on this machine: fewer workers, strategies or values of a sweep`
  return refuseFields([{ path: 'workers' in params ? 'params.workers' : 'params', message }])
}
