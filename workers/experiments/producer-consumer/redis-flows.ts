/**
 * Which flows there are in one Redis, and all keys of each: a set of their streams. Who organises a flow renews a key that says so; a
 * flow without it was left behind by a server that was killed, and the next flow that begins removes what is left of it.
 */
import type { RedisConnection } from './redis-connection.ts'

const FLOWS = 'interleave:flows'
const ALIVE_S = 60
export const RENEW_EVERY_MS = 15_000
/** Should nobody be left to remove it. */
export const DAY_S = 86_400

export const closedKey = (stream: string): string => `${stream}:closed`
export const openKey = (stream: string): string => `${stream}:open`
export const joinedKey = (stream: string): string => `${stream}:joined`
export const reportsKey = (stream: string): string => `${stream}:reports`
const aliveKey = (stream: string): string => `${stream}:alive`

/** ARGV: seconds that the sign of life lasts, seconds that the set lasts. */
const ENTER = `
redis.call('SET', KEYS[2], '1', 'EX', ARGV[2])
redis.call('SADD', KEYS[1], ARGV[1])
return redis.call('EXPIRE', KEYS[1], ARGV[3])`

/** ARGV: what the keys of a flow end with. */
const REMOVE_DEAD = `
local dead = {}
for _, stream in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', stream .. ':alive') == 0 then
    redis.call('DEL', stream)
    for _, ending in ipairs(ARGV) do redis.call('DEL', stream .. ending) end
    redis.call('SREM', KEYS[1], stream)
    dead[#dead + 1] = stream
  end
end
return dead`

const ANNOUNCED = `
local announced = {}
for _, stream in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local flow = redis.call('GET', stream .. ':open')
  if flow then announced[#announced + 1] = flow end
end
return announced`

/** In one step, or a worker that is killed between two would leave a key that nothing removes. ARGV: seconds that it lasts. */
const JOIN = `
local number = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return number`

/** Of a flow that is over nothing is kept. ARGV: consumer, its report, seconds that it lasts. */
const REPORT = `
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('EXPIRE', KEYS[1], ARGV[3])`

const keysOf = (stream: string): string[] => [
  stream,
  ...[closedKey, openKey, joinedKey, reportsKey, aliveKey].map((key) => key(stream)),
]

export const enterFlow = async (redis: RedisConnection, stream: string): Promise<void> => {
  await redis.script(REMOVE_DEAD, [FLOWS], keysOf('').slice(1))
  await redis.script(ENTER, [FLOWS, aliveKey(stream)], [stream, String(ALIVE_S), String(DAY_S)])
}

export const renewFlow = async (redis: RedisConnection, stream: string): Promise<void> => {
  await redis.command('SET', aliveKey(stream), '1', 'EX', String(ALIVE_S))
}

export const leaveFlow = async (redis: RedisConnection, stream: string): Promise<void> => {
  await redis.command('DEL', ...keysOf(stream))
  await redis.command('SREM', FLOWS, stream)
}

/** The number, from 1, of a consumer of another machine that takes part from now on. */
export const takeNumber = async (redis: RedisConnection, stream: string): Promise<number> =>
  Number((await redis.script(JOIN, [joinedKey(stream)], [String(DAY_S)]))[0])

export const reportToFlow = async (
  redis: RedisConnection,
  stream: string,
  consumer: number,
  report: string,
): Promise<void> => {
  await redis.script(REPORT, [reportsKey(stream), aliveKey(stream)], [String(consumer), report, String(DAY_S)])
}

/** What other machines may join, as it was announced. */
export const announcedFlows = async (redis: RedisConnection): Promise<string[]> =>
  (await redis.script(ANNOUNCED, [FLOWS], [])).map(String)
