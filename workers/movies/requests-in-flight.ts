/** How many requests were under way at each moment, read off the reports of their tasks. */
import type { CounterSeries } from '#lib/contract/trace.ts'
import type { TaskReport } from '../executors/executor.ts'

export const requestsInFlight = (group: string, reports: readonly TaskReport[]): CounterSeries => {
  const turns = reports
    .filter(({ finishedUs }) => finishedUs > 0)
    .flatMap(({ startedUs, finishedUs }) => [
      { at: startedUs, by: 1 },
      { at: finishedUs, by: -1 },
    ])
    // A request that ends at the moment another begins doesn't overlap it.
    .sort((a, b) => a.at - b.at || a.by - b.by)
  const series: CounterSeries = {
    id: `${group}/in-flight`,
    group,
    name: 'in-flight',
    unit: 'requests',
    times: [],
    values: [],
  }
  let inFlight = 0
  for (const { at, by } of turns) {
    inFlight += by
    // The last value of a moment counts: a chart can't draw two.
    if (series.times.at(-1) === at) series.values[series.values.length - 1] = inFlight
    else {
      series.times.push(at)
      series.values.push(inFlight)
    }
  }
  return series
}
