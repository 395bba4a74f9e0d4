/** Which sentences a run of `scaling` supports, as codes with values. Without zod: the browser says the headline itself. */
import type { Finding } from '../contract/comparison.ts'
import { rounded } from './comparison-findings.ts'
import { uslPeak } from './models/universal-scalability-law.ts'
import type { ScalingParams, ScalingResult } from './scaling.ts'

type Facts = Pick<ScalingResult, 'points' | 'fit' | 'beyondCores' | 'serialShare' | 'cores' | 'comparison'>
type Asked = Pick<ScalingParams, 'scaled'>

/** From here on the serial part is what the result is about. */
const MOSTLY_SERIAL = 0.5
/** Below, Amdahl's limit is further away than any number of workers offered here. */
const WORTH_A_LIMIT = 0.02
/** A share nearer than this is not another one to a reader. */
const SAME_SHARE = 0.01
/** An interval wider than this would agree with anything. */
const TELLING_WIDTH = 0.25

const SAME_SPEEDUP = 0.005

/** Amdahl's limit is claimed only where the points, with their noise, don't tell another story than the clock. */
const showsLimit = ({ points, fit, serialShare: { measured } }: Facts): boolean => {
  const limit = 1 / measured
  if (points.some(({ workers, speedup }) => workers > 1 && speedup.value > limit + SAME_SPEEDUP)) return false
  if (fit.serialShare === null) return true
  if (fit.serialShare.ci95 === null) return false
  const [low, high] = fit.serialShare.ci95
  return high >= measured - SAME_SHARE && high - low <= TELLING_WIDTH
}

const percent = (share: number): number => rounded(share * 100, 1)

export const scalingHeadline = (facts: Facts, { scaled }: Asked): Finding | null => {
  const { points, cores, serialShare, comparison } = facts
  const last = points.at(-1)
  if (!last || last.workers === 1) return { code: 'alone', values: {} }
  if (last.speedup.verdict === 'too-few-rounds') {
    return { code: 'too-few-rounds', values: { rounds: comparison.rounds } }
  }
  if (!scaled && serialShare.measured >= MOSTLY_SERIAL) {
    const values = {
      workers: last.workers,
      speedup: rounded(last.speedup.value, 2),
      percent: percent(serialShare.measured),
    }
    const code = showsLimit(facts) ? 'serial-wins' : 'serial-noisy'
    return { code, values: { ...values, limit: rounded(1 / serialShare.measured, 2) } }
  }
  const at = points.findLast(({ workers }) => workers <= cores) ?? last
  const shown = at.workers === 1 ? last : at
  const values = { workers: shown.workers, cores, speedup: rounded(shown.speedup.value, 2) }
  if (shown.speedup.verdict !== 'faster') {
    return { code: shown.speedup.verdict === 'slower' ? 'slower' : 'no-gain', values }
  }
  if (scaled) return { code: 'scaled', values: { ...values, model: rounded(shown.gustafson ?? shown.amdahl, 2) } }
  return { code: 'scales', values: { ...values, limit: Math.min(shown.workers, cores) } }
}

export const scalingFindings = (facts: Facts, asked: Asked): Finding[] => {
  const headline = scalingHeadline(facts, asked)
  return [
    ...(headline ? [headline] : []),
    ...beyondCoresFinding(facts),
    ...limitFinding(facts, asked, headline),
    ...shareFinding(facts),
    ...uslFinding(facts),
  ]
}

const beyondCoresFinding = ({ beyondCores, cores }: Facts): Finding[] => {
  if (!beyondCores || beyondCores.verdict === 'too-few-rounds') return []
  const { workers, verdict, value } = beyondCores
  const code = { faster: 'beyond-faster', slower: 'beyond-slower', 'no-detectable-difference': 'beyond-same' }[verdict]
  return [{ code, values: { workers, cores, times: rounded(verdict === 'slower' ? 1 / value : value, 2) } }]
}

/** What no number of workers could exceed, however many cores. */
const limitFinding = (facts: Facts, { scaled }: Asked, headline: Finding | null): Finding[] => {
  const { measured } = facts.serialShare
  if (scaled || measured < WORTH_A_LIMIT || headline?.code.startsWith('serial-') || !showsLimit(facts)) return []
  return [{ code: 'amdahl-limit', values: { percent: percent(measured), limit: rounded(1 / measured, 1) } }]
}

/** The share read back from the points beside the true one. */
const shareFinding = ({ fit, serialShare }: Facts): Finding[] => {
  if (!fit.serialShare?.ci95) return []
  const [low, high] = fit.serialShare.ci95
  if (high - low > TELLING_WIDTH) return []
  const { measured } = serialShare
  const code = low > measured + SAME_SHARE ? 'share-more' : high < measured - SAME_SHARE ? 'share-less' : 'share-agrees'
  return [
    {
      code,
      values: {
        fitted: percent(fit.serialShare.value),
        low: percent(low),
        high: percent(high),
        measured: percent(measured),
      },
    },
  ]
}

/** Said only where coherency is told from nothing. */
const uslFinding = ({ fit }: Facts): Finding[] => {
  const { usl } = fit
  if (!usl?.beta.ci95 || usl.beta.ci95[0] <= 0) return []
  const peak = uslPeak({ alpha: usl.alpha.value, beta: usl.beta.value, gamma: 1 })
  return [{ code: 'usl-peak', values: { beta: rounded(usl.beta.value, 4), workers: Math.max(1, Math.round(peak)) } }]
}
