/**
 * A connection to Redis that fails instead of waiting: it isn't opened again by itself, because a queue that was away may have lost
 * what was in it. Failures are those of the queue, in words without the address.
 */
import { createClient } from 'redis'
import { PartyFailure } from './party.ts'
import { withoutAddress } from './service-urls.ts'

const CONNECT_MS = 3_000
/** Longer than any script here takes on a busy server. */
const ANSWER_MS = 10_000

export type RedisReply = readonly unknown[]

export interface RedisConnection extends Disposable {
  command(...words: string[]): Promise<unknown>
  script(lua: string, keys: string[], args: string[]): Promise<RedisReply>
}

const failure = (error: unknown): PartyFailure =>
  error instanceof PartyFailure ? error : new PartyFailure('queue', `Redis: ${withoutAddress(error)}`)

export const openRedis = async (url: string): Promise<RedisConnection> => {
  let client: ReturnType<typeof createClient>
  try {
    client = createClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false } })
  } catch {
    throw new PartyFailure('queue', 'Redis: REDIS_URL is no address of a Redis server')
  }
  // Whoever waits for an answer is told; between answers the next call is.
  client.on('error', () => undefined)
  const withPatience = async <T>(answer: Promise<T>): Promise<T> => {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS)
    try {
      return await Promise.race([answer, late.promise])
    } catch (error) {
      throw failure(error)
    } finally {
      clearTimeout(timer)
    }
  }
  const dispose = (): void => {
    if (client.isOpen) client.destroy()
  }
  try {
    await withPatience(client.connect())
  } catch (error) {
    dispose()
    throw error
  }
  return {
    command: (...words) => withPatience(client.sendCommand(words)),
    script: async (lua, keys, args) => {
      const answer = await withPatience(client.sendCommand(['EVAL', lua, String(keys.length), ...keys, ...args]))
      return Array.isArray(answer) ? answer : [answer]
    },
    [Symbol.dispose]: dispose,
  }
}
