/** Round numbers for axes: where an axis that starts at zero ends, and which unit of time its numbers are read in. */

const NICE_STEPS = [1, 2, 2.5, 5, 10] as const

const niceStep = (length: number, count: number): number => {
  const rough = length / count
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  return (NICE_STEPS.find((nice) => nice * magnitude >= rough * 0.999) ?? 10) * magnitude
}

/** Multiplied, not added up: 0.1 + 0.2 would show as 0.30000000000000004. */
const multiples = (step: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))

/** Ticks from 0 to the first round number that covers `max`, about `count` of them. */
export const ticksFromZero = (max: number, count = 5): number[] => {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1]
  const step = niceStep(max, count)
  return multiples(step, 0, Math.max(1, Math.ceil(max / step - 1e-9)))
}

/** The round numbers from `from` to `to`, about `count` of them: for an axis that ends where its data do. */
export const ticksWithin = (from: number, to: number, count = 5): number[] => {
  if (!(to > from) || !Number.isFinite(to - from)) return [from]
  const step = niceStep(to - from, count)
  return multiples(step, Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9))
}

export type TimeUnit = 'microsecond' | 'millisecond' | 'second'

export const MS_PER_UNIT: Readonly<Record<TimeUnit, number>> = { microsecond: 0.001, millisecond: 1, second: 1000 }

/** The unit in which times up to `maxMs` are read most easily, one for the whole chart. */
export const timeUnitFor = (maxMs: number): TimeUnit =>
  maxMs > 0 && maxMs < 0.5 ? 'microsecond' : maxMs < 10_000 ? 'millisecond' : 'second'

/** Powers of ten that enclose the values, at least two; values that aren't above 0 have no place on such an axis. */
export const decadesAround = (values: readonly number[]): number[] => {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return [1, 10]
  const first = Math.floor(Math.log10(Math.min(...positive)) + 1e-9)
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...positive)) - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`))
}
