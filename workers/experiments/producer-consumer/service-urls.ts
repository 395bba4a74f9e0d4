/** Where Redis and PostgreSQL are: read from the environment by each program that connects, so that no address is ever handed around. */
import { PartyFailure } from './party.ts'

export const redisUrl = (): string => {
  const url = process.env.REDIS_URL
  if (!url) throw new PartyFailure('queue', 'Redis: REDIS_URL is not set')
  return url
}

export const databaseUrl = (): string => {
  const url = process.env.DATABASE_URL
  if (!url) throw new PartyFailure('database', 'PostgreSQL: DATABASE_URL is not set')
  return url
}
