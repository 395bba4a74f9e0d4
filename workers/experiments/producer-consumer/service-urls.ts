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

/** What servers and the system tell about where somebody wanted to go, and as whom. */
const NAMED = /\b(user|role|host|database) ("[^"]*"|'[^']*')/g

/** What an error says, but for hosts, ports, users and names of databases. */
export const withoutAddress = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // The system's own errors tell the address; of several attempts there is no message at all.
  if ('syscall' in error || error instanceof AggregateError) return 'code' in error ? String(error.code) : error.name
  return (error.message || error.name).replace(NAMED, '$1 ***')
}
