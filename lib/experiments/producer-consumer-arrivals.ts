/**
 * When each message is due: the schedule that the load generators keep whatever the queue does. Moments are microseconds from the
 * start of the flow, ascending, per producer; all producers together have the mean rate asked for.
 */
import { createSeededRandom } from '../statistics/seeded-random.ts'
import type { Arrivals } from './producer-consumer-choices.ts'

export interface ArrivalShape {
  messages: number
  producers: number
  arrivals: Arrivals
  /** Mean of all producers together; 0 has no schedule. */
  ratePerSecond: number
  burstSize: number
  seed: number
}

/** How many of the messages each producer makes: as equal as can be, in order. */
export const sharesOf = (messages: number, producers: number): number[] =>
  Array.from({ length: producers }, (_, i) => Math.floor(messages / producers) + (i < messages % producers ? 1 : 0))

/**
 * The moments of one producer, written to `into`, which is as long as its share. Steady: message n of all is due at n ÷ rate, dealt
 * out in turn. Bursts: `burstSize` at one moment, dealt out in turn, as far apart as the mean rate says. Poisson: independent
 * exponential gaps, which add up to a Poisson process of all.
 */
export const fillArrivals = (into: Float64Array, shape: ArrivalShape, producer: number): void => {
  const { producers, arrivals, ratePerSecond, burstSize, seed } = shape
  const gapUs = 1_000_000 / ratePerSecond
  if (arrivals === 'poisson') {
    const random = createSeededRandom(seed * 1_009 + producer)
    let atUs = 0
    for (let i = 0; i < into.length; i++) {
      atUs += random.exponential(gapUs * producers)
      into[i] = atUs
    }
    return
  }
  for (let i = 0; i < into.length; i++) {
    const number = i * producers + producer
    into[i] = (arrivals === 'steady' ? number : Math.floor(number / burstSize) * burstSize) * gapUs
  }
}

/** From the first arrival to the last, in milliseconds; expected where they are random. */
export const arrivalSpanMs = ({ messages, arrivals, ratePerSecond, burstSize }: ArrivalShape): number => {
  if (ratePerSecond === 0) return 0
  const last = arrivals === 'bursts' ? Math.floor((messages - 1) / burstSize) * burstSize : messages
  return (last / ratePerSecond) * 1_000
}
