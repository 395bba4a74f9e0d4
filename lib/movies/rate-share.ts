/**
 * How the real API's allowance is divided: it counts for the whole server, but a run, a search with details and what is asked
 * beside them are different threads and processes. Each user has slots of its own, and its clients take turns with them.
 */
import type { RateSlotsOptions } from './rate-slots.ts'
import type { MovieApiSettings } from './settings.ts'

/** A cycle of slots: the run has six of ten, a search with details three, suggestions and films' pages one. */
const CYCLE = ['run', 'search', 'run', 'run', 'browsing', 'run', 'search', 'run', 'run', 'search'] as const

export type RateUser = (typeof CYCLE)[number]

type Allowance = Pick<MovieApiSettings, 'requestsPerSecond'>

/** One fewer than the allowance: requests late in their slot and early in a later one can stand in a second with all between. */
const slotsPerSecond = (requestsPerSecond: number): number => requestsPerSecond - 1

const slotsOf = (user: RateUser): number[] => CYCLE.flatMap((owner, position) => (owner === user ? [position] : []))

/** Requests a second for the run that is measuring; null where nothing limits. */
export const runPart = ({ requestsPerSecond }: Allowance): number | null =>
  requestsPerSecond === null ? null : (slotsPerSecond(requestsPerSecond) * slotsOf('run').length) / CYCLE.length

/** The share of the first of `clients` that divide the user's slots, who know by `client` which they are; null where nothing limits. */
export const rateShare = (
  { requestsPerSecond }: Allowance,
  user: RateUser,
  clients: number,
): RateSlotsOptions | null =>
  requestsPerSecond === null
    ? null
    : {
        slotMs: 1000 / slotsPerSecond(requestsPerSecond),
        cycle: CYCLE.length,
        own: slotsOf(user),
        clients,
        client: 0,
      }
