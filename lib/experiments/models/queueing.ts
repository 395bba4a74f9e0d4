/**
 * Waiting in a queue by theory: Poisson arrivals, c servers, and service times that are exponential (M/M/c) or constant (M/D/c).
 * Steady-state means: a burst, or a run that ends before the queue has settled, differs, and so does a database with one
 * writer, for which c is 1 whatever the consumers.
 *
 * Sources: A. K. Erlang (1917) for M/M/c; F. Pollaczek and A. Khinchin for M/D/1; G. P. Cosmetatos, "Approximate explicit formulae
 * for the average queueing time in the processes (M/D/r) and (D/M/r)", INFOR 13 (1975), for M/D/c; J. D. C. Little (1961).
 */

export interface QueueParameters {
  /** Mean rate of the Poisson arrivals. */
  arrivalsPerSecond: number
  /** Mean time that one server needs for one. */
  serviceMs: number
  servers: number
}

export interface QueuePrediction {
  /** Share of the servers' time that is needed; at 1 or above the queue grows for ever. */
  utilisation: number
  stable: boolean
  /** Means in the steady state; null where there is none. In the queue, without service: */
  waitMs: number | null
  /** Waiting and being served. */
  sojournMs: number | null
  /** Mean number waiting, without those being served. */
  queueLength: number | null
}

/** Probability that all of `servers` are busy and an arrival is turned away, at an offered load in erlangs. */
export const erlangB = (load: number, servers: number): number => {
  // By the recursion, since powers and factorials overflow from about 170 servers on.
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked
}

/** Probability that an arrival has to wait; 1 where the load is not below the number of servers. */
export const erlangC = (load: number, servers: number): number => {
  if (load >= servers) return 1
  const blocked = erlangB(load, servers)
  return (servers * blocked) / (servers - load * (1 - blocked))
}

const predictionOf = (parameters: QueueParameters, waitMs: (load: number) => number): QueuePrediction => {
  const { arrivalsPerSecond, serviceMs, servers } = parameters
  const load = (arrivalsPerSecond * serviceMs) / 1000
  const utilisation = load / servers
  if (utilisation >= 1) return { utilisation, stable: false, waitMs: null, sojournMs: null, queueLength: null }
  const wait = load === 0 ? 0 : waitMs(load)
  return {
    utilisation,
    stable: true,
    waitMs: wait,
    sojournMs: wait + serviceMs,
    // Little's law for the queue alone.
    queueLength: (arrivalsPerSecond * wait) / 1000,
  }
}

const exponentialWaitMs = ({ serviceMs, servers }: QueueParameters, load: number): number =>
  (erlangC(load, servers) * serviceMs) / (servers - load)

/** Exponential service times; exact. */
export const mmcQueue = (parameters: QueueParameters): QueuePrediction =>
  predictionOf(parameters, (load) => exponentialWaitMs(parameters, load))

/** Constant service times; exact for one server, within about 2% for more. */
export const mdcQueue = (parameters: QueueParameters): QueuePrediction =>
  predictionOf(parameters, (load) => {
    const { servers } = parameters
    const utilisation = load / servers
    const correction =
      ((1 - utilisation) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * utilisation * servers)
    return 0.5 * (1 + correction) * exponentialWaitMs(parameters, load)
  })

/**
 * L ÷ (λ × W): 1 by Little's law, for every stable system and every order of service. `l` things inside on average, `lambda` a
 * second, `wMs` inside each. Null where nothing arrived or nothing took time.
 */
export const littlesLawRatio = ({ l, lambda, wMs }: { l: number; lambda: number; wMs: number }): number | null =>
  lambda > 0 && wMs > 0 ? l / (lambda * (wMs / 1000)) : null
