/** What two interleaved set-ups support: for each key they share, which was faster, or that no difference was detected. */
import type { Finding } from '../contract/comparison.ts'
import { rounded } from './comparison-findings.ts'
import type { PairResult } from './pair.ts'

type Pairs = Pick<PairResult, 'pairs'>

const findingOf = ({ key, speedup: { value, ci95, verdict } }: Pairs['pairs'][number]): Finding => {
  if (verdict === 'too-few-rounds' || ci95 === null) return { code: 'too-few-rounds', values: { strategy: key } }
  if (verdict === 'no-detectable-difference') {
    return { code: 'same', values: { strategy: key, low: rounded(ci95[0], 2), high: rounded(ci95[1], 2) } }
  }
  return verdict === 'faster'
    ? { code: 'b-faster', values: { strategy: key, speedup: rounded(value, 2) } }
    : { code: 'a-faster', values: { strategy: key, speedup: rounded(1 / value, 2) } }
}

/** Two set-ups that name no contender in common leave nothing to compare, which is not the same as no difference. */
export const pairFindings = ({ pairs }: Pairs): Finding[] =>
  pairs.length === 0 ? [{ code: 'nothing-shared', values: {} }] : pairs.map(findingOf)

/** The largest difference that was detected; that there is none, when there is none. */
export const pairHeadline = (result: Pairs): Finding | null => {
  const findings = pairFindings(result)
  const [largest] = findings
    .filter(({ code }) => code === 'a-faster' || code === 'b-faster')
    .sort((x, y) => Number(y.values.speedup) - Number(x.values.speedup))
  if (largest) return largest
  return findings.every(({ code }) => code === 'same') ? { code: 'all-same', values: {} } : (findings[0] ?? null)
}
