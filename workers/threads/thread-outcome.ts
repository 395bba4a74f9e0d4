/** What to make of a run in which no thread should have failed: the results of all, or the run's failure. */
import { RunFailure } from '../experiments/run-context.ts'
import type { CrewRun } from './thread-crew.ts'

/** In order of index. Throws RunFailure 'crashed' for the first that threw or had to be terminated; look at the run's signal before. */
export const returned = <Result>(run: CrewRun<Result>): Result[] => {
  if (run.firstFailed !== null) throw failureOf(run, run.firstFailed)
  return run.threads.map(({ outcome }, index) => {
    if (outcome.how === 'returned') return outcome.value
    throw failureOf(run, index)
  })
}

/** Why the run failed with that thread. */
export const failureOf = (run: CrewRun<unknown>, index: number): RunFailure => {
  const outcome = run.threads[index]?.outcome
  const why =
    outcome?.how === 'threw'
      ? `${outcome.error.name}: ${outcome.error.message}`
      : outcome?.how === 'terminated' && outcome.reason
  return new RunFailure('crashed', `Thread ${index + 1} ended before its time: ${why || 'it did not return'}`)
}
