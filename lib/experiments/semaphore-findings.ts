/** Which sentences a run of semaphore supports, as codes with values. Without zod: the browser says the headline itself. */
import type { Finding } from '../contract/comparison.ts'
import { rounded } from './comparison-findings.ts'
import type { SemaphoreParams, SemaphoreResult } from './semaphore.ts'

type Facts = Omit<SemaphoreResult, 'findings' | 'counter'>

const AGREEMENT = 0.15
/** Beyond the model by so much, both with the semaphore and without, it is the machine. */
const FAR_BEYOND = 2

export const semaphoreHeadline = (facts: Facts, { permits, threads }: SemaphoreParams): Finding | null =>
  permits >= threads
    ? { code: 'never-full', values: { permits, threads } }
    : { code: 'kept', values: { permits, threads, most: facts.maxInside, ms: rounded(facts.elapsedMs, 0) } }

export const semaphoreFindings = (facts: Facts, params: SemaphoreParams): Finding[] => {
  const headline = semaphoreHeadline(facts, params)
  return [
    ...(headline ? [headline] : []),
    ...modelFindings(facts),
    ...busyFindings(facts),
    ...coresFindings(facts, params),
    ...limitingFindings(facts),
    ...releaseFindings(facts),
  ]
}

const modelFindings = ({ elapsedMs, modelMs }: Facts): Finding[] => {
  const by = elapsedMs / modelMs - 1
  const values = { ms: rounded(elapsedMs, 0), modelMs: rounded(modelMs, 0) }
  if (Math.abs(by) <= AGREEMENT) return [{ code: 'model-fits', values }]
  return [{ code: by > 0 ? 'slower-than-expected' : 'sooner-than-expected', values }]
}

/** What else but the machine could make both slow: without a limit nobody waits for a permit. */
const busyFindings = ({ elapsedMs, modelMs, comparison }: Facts): Finding[] => {
  const free = comparison.entries.find(({ key }) => key === 'unlimited')
  if (!free || free.modelMs === null || elapsedMs < FAR_BEYOND * modelMs) return []
  if (free.medianMs < FAR_BEYOND * free.modelMs) return []
  const values = { times: rounded(elapsedMs / modelMs, 1), ms: rounded(free.medianMs, 0) }
  return [{ code: 'machine-busy', values: { ...values, modelMs: rounded(free.modelMs, 0) } }]
}

/** Said where the permits let more in than there are cores: a job that computes gains nothing from them. */
const coresFindings = ({ cores, modelMs, enoughCoresMs }: Facts, { permits, threads }: SemaphoreParams): Finding[] => {
  const inside = Math.min(permits, threads)
  if (inside <= cores || modelMs <= enoughCoresMs) return []
  return [{ code: 'cores-shared', values: { inside, cores, enoughCoresMs: rounded(enoughCoresMs, 0) } }]
}

/** What limiting costs against letting everyone in, as far as the rounds can tell. */
const limitingFindings = ({ comparison }: Facts): Finding[] => {
  const limited = comparison.entries.find(({ key }) => key === 'semaphore')
  if (!limited || limited.speedup.verdict === 'too-few-rounds') return []
  if (limited.speedup.verdict === 'no-detectable-difference') return [{ code: 'limit-free', values: {} }]
  const { value, verdict } = limited.speedup
  return verdict === 'slower'
    ? [{ code: 'limit-slower', values: { times: rounded(1 / value, 2) } }]
    : [{ code: 'limit-faster', values: { times: rounded(value, 2) } }]
}

const releaseFindings = ({ foreignRelease, enteredAfterwards }: Facts): Finding[] => {
  const findings: Finding[] = []
  if (foreignRelease.mutex !== 'accepted' && foreignRelease.semaphore === 'accepted') {
    findings.push({ code: 'owner-known', values: { error: foreignRelease.mutex } })
  }
  if (enteredAfterwards.lock && enteredAfterwards.semaphore) findings.push({ code: 'two-inside', values: {} })
  return findings
}
