/** Facts of a run of `strategies` as its findings get them, made from medians. Not a test. */
import type { Verdict } from '../contract/comparison.ts'
import type { Strategy } from '../contract/strategy.ts'
import { buildComparison, type Measured } from './comparison.ts'
import type { SweepPoint } from './strategies.ts'
import { type StrategiesFacts, strategiesFindings, strategiesHeadline } from './strategies-findings.ts'

type Contenders = Partial<Record<Strategy, number | ({ ms: number } & Partial<Measured>)>>

/** Rounds around these medians, all drifting alike; threads and processes have 2 workers unless said. */
const comparisonOf = (contenders: Contenders, { rounds = 8, computes = true } = {}) =>
  buildComparison({
    seed: 1,
    warmup: 1,
    measured: Object.entries(contenders).map(([key, given]) => {
      const { ms, ...more } = typeof given === 'number' ? { ms: given } : given
      const samplesMs = Array.from({ length: rounds }, (_, round) => ms * (1 + round / 1000))
      const workers = key === 'sequential' || key === 'async' ? 1 : 2
      return { key, workers, samplesMs, startupMs: 0, cpuMs: 1, extra: { computes }, ...more }
    }),
  })

export interface Given {
  contenders: Contenders
  rounds?: number
  kind?: StrategiesFacts['kind']
  params?: Partial<StrategiesFacts['params']>
  result?: Partial<StrategiesFacts['result']>
}

const factsOf = ({ contenders, rounds, kind = 'cpu', params, result }: Given): StrategiesFacts => ({
  kind,
  params: { workload: 'primes', tasks: 16, workers: 2, ...params },
  result: {
    comparison: comparisonOf(contenders, { rounds, computes: kind === 'cpu' }),
    sweep: null,
    cores: 2,
    copying: null,
    ...result,
  },
})

export const findingsOf = (given: Given) => strategiesFindings(factsOf(given))
export const found = (given: Given, code: string) =>
  findingsOf(given).find((finding) => finding.code === code)?.values ?? null
export const headlineOf = (given: Given) => {
  const { result, params } = factsOf(given)
  return strategiesHeadline(result, params)
}

export const point = (value: number, async: Verdict, threads: Verdict, speedup = 2): SweepPoint => ({
  value,
  entries: Object.entries({ async, threads }).map(([key, verdict]) => ({
    key,
    medianMs: 1,
    ci95Ms: null,
    speedup: { value: speedup, ci95: null, verdict },
  })),
})
