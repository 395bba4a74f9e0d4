/** Executes a flow in a process whose files may not grow, and prints how it failed. Not a test. */
import { handler } from '../producer-consumer.ts'
import { RunFailure } from '../run-context.ts'
import { stageOf } from './flow-fixture.ts'

using stage = stageOf({ messages: 50_000, ratePerSecond: 0, durability: 'normal', batchSize: 100, consumers: 1 })
try {
  await handler(stage.context)
  process.stdout.write(JSON.stringify({ code: null, message: 'it succeeded' }))
} catch (error) {
  const { code, message } = error instanceof RunFailure ? error : { code: 'unknown', message: String(error) }
  process.stdout.write(JSON.stringify({ code, message }))
}
