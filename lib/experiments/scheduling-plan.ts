/**
 * How the duration is cut into stretches, so that the kinds can take turns and a drift of the machine meets all alike. In each
 * stretch short requests arrive at their steady rate, and one long computation arrives early in it: the rest is long enough
 * for an event loop to work off what it held up, so that every stretch starts with nothing left over from the one before.
 */
export interface StretchParams {
  longMs: number
  shortEveryMs: number
  shortMs: number
  durationMs: number
  rounds: number
}

export interface StretchPlan {
  /** At most `rounds`; fewer where the duration has no room for so many long computations. */
  count: number
  ms: number
  /** Short requests a stretch. The first arrives half an interval after its beginning, so that none meets the long one exactly. */
  shorts: number
  firstMs: number
  /** When the long computation arrives. */
  longAtMs: number
  /** How long an event loop that shares its time needs from the long arrival until it has caught up. */
  busyMs: number
}

/** Milliseconds left for arrivals before the long computation and after the backlog. */
const spareMs = (shortEveryMs: number): number => 2 * shortEveryMs

/** While it computes, shorts take their share of the loop's time, so it is busy for long ÷ (1 − share). */
const busyMsOf = ({ longMs, shortMs, shortEveryMs }: StretchParams): number =>
  longMs / (1 - Math.min(0.8, shortMs / shortEveryMs))

/** The duration at which `rounds` stretches fit, in ms. */
export const durationForRounds = (params: StretchParams): number =>
  Math.ceil((busyMsOf(params) + spareMs(params.shortEveryMs)) * params.rounds)

export const planStretches = (params: StretchParams): StretchPlan => {
  const { durationMs, shortEveryMs, rounds } = params
  const busyMs = busyMsOf(params)
  const room = Math.floor(durationMs / (busyMs + spareMs(shortEveryMs)))
  const count = Math.max(1, Math.min(rounds, room))
  const ms = durationMs / count
  const shorts = Math.max(1, Math.floor(ms / shortEveryMs))
  return {
    count,
    ms,
    shorts,
    firstMs: shortEveryMs / 2,
    longAtMs: Math.max(0, Math.min(0.25 * ms, (ms - busyMs) / 2)),
    busyMs,
  }
}
