/** Executes a flow in a process whose files may not grow, and prints how it failed. Not a test. */
import { tellFailure } from '../full-disk.ts'
import { handler } from '../producer-consumer.ts'
import { stageOf } from './flow-fixture.ts'

using stage = stageOf({ messages: 50_000, ratePerSecond: 0, ...JSON.parse(process.argv[2] ?? '{}') })
await tellFailure(() => handler(stage.context))
