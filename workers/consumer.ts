/**
 * `npm run worker`: joins every flow of messages over Redis and PostgreSQL as one more consumer, from whatever machine it runs on. Needs
 * REDIS_URL and DATABASE_URL, the same servers as Interleave's. Ends with Ctrl-C, after the batch it has in hand; `--once` after one flow.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { joinFlow } from './experiments/producer-consumer/join-flow.ts'
import { PartyFailure } from './experiments/producer-consumer/party.ts'
import { openRedis, type RedisConnection } from './experiments/producer-consumer/redis-connection.ts'
import { announcedFlows } from './experiments/producer-consumer/redis-flows.ts'
import { type OpenFlow, openFlowSchema } from './experiments/producer-consumer/remote-flow.ts'
import { databaseUrl, redisUrl } from './experiments/producer-consumer/service-urls.ts'

const LOOK_EVERY_MS = 100
const { values: options } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
const cancellation = new Cancellation()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancellation.cancel())

/** Flows that were left, ended or failed here: never joined again. */
const known = new Set<string>()

const findOpen = async (redis: RedisConnection): Promise<OpenFlow[]> => {
  const flows: OpenFlow[] = []
  for (const text of await announcedFlows(redis)) {
    const parsed = openFlowSchema.safeParse(JSON.parse(text))
    if (parsed.success && !known.has(parsed.data.stream)) flows.push(parsed.data)
  }
  return flows
}

const join = async (flow: OpenFlow, redis: RedisConnection): Promise<void> => {
  known.add(flow.stream)
  console.log('Joining a flow of messages')
  try {
    const { written } = await joinFlow(flow, redis, cancellation)
    console.log(`Done: ${written.toLocaleString('en')} messages written here`)
  } catch (error) {
    if (!(error instanceof PartyFailure)) throw error
    console.error(`Left the flow: ${error.message}`)
  }
}

const run = async (): Promise<void> => {
  databaseUrl() // told at once, not with the first flow
  using redis = await openRedis(redisUrl())
  console.log('Waiting for flows of messages')
  while (!cancellation.cancelled) {
    for (const flow of await findOpen(redis)) {
      await join(flow, redis)
      if (options.once) return
    }
    await pause(LOOK_EVERY_MS)
  }
}

try {
  await run()
} catch (error) {
  if (!(error instanceof PartyFailure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
