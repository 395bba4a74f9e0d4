/** Executes the workload that it is told in a process whose files may not grow, and prints how it failed. Not a test. */
import { strategiesParamsSchema } from '#lib/experiments/strategies.ts'
import { tellFailure } from '../full-disk.ts'
import { recordRun } from '../record-run-fixture.ts'
import { handler } from '../strategies.ts'

using run = recordRun(
  strategiesParamsSchema.parse({
    workload: process.argv[2],
    size: 'large',
    tasks: 16,
    workers: 1,
    rounds: 1,
    warmup: 0,
    strategies: ['sequential'],
  }),
)
await tellFailure(() => handler(run.context))
