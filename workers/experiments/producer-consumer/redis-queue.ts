/**
 * A durable queue in Redis, a stream with a consumer group, for consumers on any number of machines. An entry stays in the stream until it
 * is acknowledged, so the stream's length is what counts against the capacity; what a dead consumer held is claimed by another after
 * the lease, or at once where somebody saw it die. Every step is one script, so none is half done.
 *
 * Keys begin with `interleave:<flow>`; redis-flows.ts says what becomes of them should nobody be left to delete them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { checksumAt, keyAt, MESSAGE_WORDS, scheduledAt, valueAt } from './message.ts'
import type { QueueControl, QueueInput, QueueOutput, Taken } from './party.ts'
import { openRedis, type RedisConnection } from './redis-connection.ts'
import { closedKey, DAY_S, enterFlow, leaveFlow, RENEW_EVERY_MS, renewFlow } from './redis-flows.ts'

const GROUP = 'consumers'
/** Who holds what nobody holds any more. */
const NOBODY = 'nobody'
const LOOK_EVERY_MS = 2
const LEASE_MS = 5_000

const OFFER = `
local room = math.min(#ARGV - 1, tonumber(ARGV[1]) - redis.call('XLEN', KEYS[1]))
for i = 1, room do redis.call('XADD', KEYS[1], '*', 'm', ARGV[1 + i]) end
return {math.max(0, room), redis.call('XLEN', KEYS[1])}`

/** Of entries that nobody was given yet. */
const DROP_OLDEST = `
local last = redis.call('XINFO', 'GROUPS', KEYS[1])[1]
local given = '0-0'
for i = 1, #last, 2 do if last[i] == 'last-delivered-id' then given = last[i + 1] end end
local dropped = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. given, '+', 'COUNT', ARGV[1])) do
  redis.call('XDEL', KEYS[1], entry[1])
  dropped[#dropped + 1] = entry[2][2]
end
return dropped`

/** First what was claimed back, then what is new; -1 where it is closed and empty. */
const TAKE = `
local out = {0}
local limit = tonumber(ARGV[2])
local claimed = redis.call('XAUTOCLAIM', KEYS[1], '${GROUP}', ARGV[1], ARGV[3], '0', 'COUNT', limit)[2]
for _, entry in ipairs(claimed) do
  out[1] = out[1] + 1
  out[#out + 1] = entry[1]
  out[#out + 1] = entry[2][2]
end
if out[1] < limit then
  local fresh = redis.call('XREADGROUP', 'GROUP', '${GROUP}', ARGV[1], 'COUNT', limit - out[1], 'STREAMS', KEYS[1], '>')
  if fresh then
    for _, entry in ipairs(fresh[1][2]) do
      out[#out + 1] = entry[1]
      out[#out + 1] = entry[2][2]
    end
  end
end
if #out == 1 and redis.call('EXISTS', KEYS[2]) == 1 and redis.call('XLEN', KEYS[1]) == 0 then return {-1} end
return out`

const ACKNOWLEDGE = `
redis.call('XACK', KEYS[1], '${GROUP}', unpack(ARGV))
return redis.call('XDEL', KEYS[1], unpack(ARGV))`

/** What a dead consumer held is given to nobody, as if it had been left alone for a day. */
const RELEASE = `
local held = redis.call('XPENDING', KEYS[1], '${GROUP}', '-', '+', 1000000, ARGV[1])
for _, entry in ipairs(held) do
  redis.call('XCLAIM', KEYS[1], '${GROUP}', '${NOBODY}', 0, entry[1], 'IDLE', 86400000, 'JUSTID')
end
return #held`

const consumerName = (consumer: number): string => `consumer-${consumer}`

const serialise = (messages: Int32Array, index: number): string =>
  `${keyAt(messages, index)},${scheduledAt(messages, index)},${valueAt(messages, index)},${checksumAt(messages, index)}`

const scheduledIn = (message: string): number => Number(message.split(',')[1])

/** Acknowledgements of one call: Lua's stack has room for some thousands. */
const ACKNOWLEDGED_AT_ONCE = 1_000

export class RedisQueueControl implements QueueControl {
  readonly #connection: RedisConnection
  readonly #url: string
  readonly #stream: string
  #depth = 0
  #over = false
  #failure: unknown = null
  readonly #looking: Promise<void>

  static async create(url: string, stream: string): Promise<RedisQueueControl> {
    using making = new DisposableStack()
    const connection = making.use(await openRedis(url))
    await enterFlow(connection, stream)
    await connection.command('XGROUP', 'CREATE', stream, GROUP, '0', 'MKSTREAM')
    await connection.command('EXPIRE', stream, String(DAY_S))
    making.move()
    return new RedisQueueControl(connection, url, stream)
  }

  private constructor(connection: RedisConnection, url: string, stream: string) {
    this.#connection = connection
    this.#url = url
    this.#stream = stream
    this.#looking = this.#look()
  }

  depth(): number {
    if (this.#failure) throw this.#failure
    return this.#depth
  }

  async close(): Promise<void> {
    await this.#connection.command('SET', closedKey(this.#stream), '1', 'EX', String(DAY_S))
  }

  async releaseClaims(consumer: number): Promise<number> {
    return Number(await this.#connection.script(RELEASE, [this.#stream], [consumerName(consumer)]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#looking
    try {
      await leaveFlow(this.#connection, this.#stream).catch(() => this.#leaveAnew())
    } catch {
      // Unreachable now: the next flow removes what is left.
    }
    this.#connection[Symbol.dispose]()
  }

  /** The connection alone may be broken. */
  async #leaveAnew(): Promise<void> {
    using connection = await openRedis(this.#url)
    await leaveFlow(connection, this.#stream)
  }

  /** Depth is asked for without waiting, so it is kept up to date beside. */
  async #look(): Promise<void> {
    let renewedMs = performance.now()
    try {
      while (!this.#over) {
        if (performance.now() - renewedMs > RENEW_EVERY_MS) {
          renewedMs = performance.now()
          await renewFlow(this.#connection, this.#stream)
        }
        this.#depth = Number(await this.#connection.command('XLEN', this.#stream))
        await pause(LOOK_EVERY_MS)
      }
    } catch (error) {
      this.#failure = error
    }
  }
}

export class RedisQueueInput implements QueueInput {
  readonly #connection: RedisConnection
  readonly #stream: string
  readonly #capacity: number
  readonly #cancelled: () => boolean
  #depth = 0

  constructor(connection: RedisConnection, stream: string, capacity: number, cancelled: () => boolean) {
    this.#connection = connection
    this.#stream = stream
    this.#capacity = capacity
    this.#cancelled = cancelled
  }

  async offer(messages: Int32Array, from: number, count: number): Promise<number> {
    const texts = Array.from({ length: count }, (_, i) => serialise(messages, from + i))
    const answer = await this.#connection.script(OFFER, [this.#stream], [String(this.#capacity), ...texts])
    const [went = 0, depth = 0] = answer.map(Number)
    this.#depth = depth
    return went
  }

  async offerWaiting(messages: Int32Array, from: number, count: number, patienceMs: number): Promise<number> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const went = await this.offer(messages, from, count)
      if (went > 0 || performance.now() > deadline || this.#cancelled()) return went
      await pause(LOOK_EVERY_MS)
    }
  }

  async dropOldest(count: number, nowUs: () => number): Promise<{ dropped: number; sojournUs: number }> {
    const dropped = await this.#connection.script(DROP_OLDEST, [this.#stream], [String(count)])
    const now = nowUs()
    const sojournUs = dropped.reduce<number>((sum, text) => sum + now - scheduledIn(String(text)), 0)
    return { dropped: dropped.length, sojournUs }
  }

  depth(): number {
    return this.#depth
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection[Symbol.dispose]()
  }
}

export class RedisQueueOutput implements QueueOutput {
  readonly #connection: RedisConnection
  readonly #stream: string
  readonly #consumer: string
  readonly #leaseMs: number
  #taken: string[] = []

  /** A transaction that takes `slowMs` longer keeps its messages so much longer. */
  constructor(connection: RedisConnection, stream: string, consumer: number, slowMs: number) {
    this.#connection = connection
    this.#stream = stream
    this.#consumer = consumerName(consumer)
    this.#leaseMs = LEASE_MS + slowMs
  }

  async take(into: Int32Array, limit: number): Promise<Taken | null> {
    const [redelivered, ...entries] = await this.#connection.script(
      TAKE,
      [this.#stream, closedKey(this.#stream)],
      [this.#consumer, String(limit), String(this.#leaseMs)],
    )
    if (Number(redelivered) === -1) return null
    this.#taken = []
    for (let i = 0; i < entries.length; i += 2) {
      const at = this.#taken.length * MESSAGE_WORDS
      for (const [word, text] of String(entries[i + 1])
        .split(',')
        .entries())
        into[at + word] = Number(text)
      this.#taken.push(String(entries[i]))
    }
    if (this.#taken.length === 0) await pause(LOOK_EVERY_MS)
    return { count: this.#taken.length, redelivered: Number(redelivered) }
  }

  async acknowledge(): Promise<void> {
    for (let first = 0; first < this.#taken.length; first += ACKNOWLEDGED_AT_ONCE) {
      const ids = this.#taken.slice(first, first + ACKNOWLEDGED_AT_ONCE)
      await this.#connection.script(ACKNOWLEDGE, [this.#stream], ids)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection[Symbol.dispose]()
  }
}
