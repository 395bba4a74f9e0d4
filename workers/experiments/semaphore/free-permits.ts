/**
 * The semaphore's value over time, put together from the moments at which each job had its permit and was about to give it back.
 * Each lies within the time in which the permit was really held, so a curve below 0 could only come from a broken semaphore.
 */
import type { CounterSeries } from '#lib/contract/trace.ts'

export interface FreePermitsOptions {
  /** [2 × job] entered, [2 × job + 1] left; microseconds. */
  times: Float64Array
  startUs: number
  endUs: number
  permits: number
  group: string
}

export const freePermits = ({ times, startUs, endUs, permits, group }: FreePermitsOptions): CounterSeries => {
  const changes = Array.from(times, (atUs, i) => ({ atUs, by: i % 2 === 0 ? -1 : 1 }))
  // Given back before it is taken: two in one microsecond are the same permit passing from one to the other.
  changes.sort((a, b) => a.atUs - b.atUs || b.by - a.by)
  let free = permits
  const series = { times: [startUs], values: [free] }
  for (const { atUs, by } of changes) {
    free += by
    series.times.push(atUs)
    series.values.push(free)
  }
  series.times.push(Math.max(endUs, changes.at(-1)?.atUs ?? 0))
  series.values.push(free)
  return { id: `${group}/free-permits`, group, name: 'semaphore', unit: 'permits', ...series }
}
