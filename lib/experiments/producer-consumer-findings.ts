/** Which sentences a flow of messages supports. Without zod: the browser reads the headline off a result, too. */
import type { Finding } from '../contract/comparison.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'
import type { ProducerConsumerPoint, ProducerConsumerResult } from './producer-consumer-result.ts'

type Facts = Omit<ProducerConsumerResult, 'findings'>

/** Below this many samples L says little about the flow. */
const ENOUGH_SAMPLES = 100
/** Batches change what is written a second where it is so many times as much, or as little. */
const CHANGED = 1.25
/** Messages wait longer where their p99 is so many times as long. */
const LONGER = 1.2

/** A ratio of Little's law further from 1 than this, either way, shows nothing but that the flow was too short to measure it. */
const RATIO_BEYOND = 1.25

const rounded = (value: number, digits = 3): number => (value === 0 ? 0 : Number(value.toPrecision(digits)))

const fateFinding = (facts: Facts): Finding => {
  const { produced, written, dropped, rejected, lost, throughputPerSecond } = facts
  const values = { produced, written, dropped, rejected, lost, out: rounded(throughputPerSecond.out) }
  if (lost > 0) return { code: 'some-lost', values }
  if (dropped > 0) return { code: 'some-dropped', values }
  if (rejected > 0) return { code: 'some-rejected', values }
  return { code: 'all-written', values }
}

/** Two points differ where the intervals of what they wrote a second don't meet. */
const differ = (a: ProducerConsumerPoint, b: ProducerConsumerPoint): boolean | null =>
  a.outCi95 === null || b.outCi95 === null ? null : a.outCi95[1] < b.outCi95[0] || b.outCi95[1] < a.outCi95[0]

const batchesCode = (ratio: number): string => {
  if (ratio > CHANGED) return 'batches-help'
  return ratio < 1 / CHANGED ? 'batches-hinder' : 'batches-same'
}

const sweepFinding = ({ sweep }: Facts, { database, overflow }: ProducerConsumerParams): Finding | null => {
  if (sweep === null) return null
  const points = sweep.points.toSorted((a, b) => a.value - b.value)
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  const ratio = last.throughputPerSecond.out / first.throughputPerSecond.out
  const values = { from: first.value, to: last.value, times: rounded(ratio, 2) }
  if (sweep.param === 'batchSize') return { code: batchesCode(ratio), values }
  if (sweep.param === 'capacity') {
    const [before, after] = [first.latencyMs.p99, last.latencyMs.p99]
    return {
      code: after > before * LONGER ? 'capacity-delays' : 'capacity-same',
      values: { ...values, before: rounded(before), after: rounded(after), overflow },
    }
  }
  if (differ(first, last) === null) return { code: 'consumers-too-few-rounds', values }
  if (differ(first, last))
    return ratio > 1
      ? { code: 'consumers-help', values }
      : { code: 'consumers-hinder', values: { ...values, database } }
  return { code: database === 'sqlite' ? 'consumers-one-writer' : 'consumers-same', values }
}

export const producerConsumerHeadline = (result: Facts, params: ProducerConsumerParams): Finding | null =>
  sweepFinding(result, params) ?? fateFinding(result)

/** A batch of 100 against one message a commit, as the fitted cost of a transaction has it; null where sizes never differed. */
const groupCommitGain = ({ transactions }: Facts): number | null => {
  const { fixedMs, rowMs } = transactions
  return rowMs > 0 ? (100 * (fixedMs + rowMs)) / (fixedMs + 100 * rowMs) : null
}

/** A queue that takes in one burst may still be full of the one before. */
const burstCode = ({ model, blockedMs, dropped, rejected }: Facts, burst: number): string => {
  if (burst > model.burstAbsorbed) return 'burst-exceeds'
  return blockedMs > 0 || dropped + rejected > 0 ? 'burst-fits-idle' : 'burst-fits'
}

const loadFinding = (facts: Facts, { ratePerSecond, arrivals, burstSize, queue }: ProducerConsumerParams) => {
  const { model, throughputPerSecond } = facts
  const limit = rounded(model.limitPerSecond)
  if (ratePerSecond === 0) return [{ code: 'as-fast-as-possible', values: { out: rounded(throughputPerSecond.out) } }]
  const stability = {
    code: model.stable ? 'stable' : 'unstable',
    values: { rate: rounded(ratePerSecond), limit, queue },
  }
  if (arrivals !== 'bursts') return [stability]
  return [stability, { code: burstCode(facts, burstSize), values: { burst: burstSize, absorbed: model.burstAbsorbed } }]
}

const littlesLawFindings = ({ littlesLaw: { l, lambda, wMs, ratio, samples } }: Facts): Finding[] => {
  if (ratio === null || samples < ENOUGH_SAMPLES) return []
  const apart = ratio > RATIO_BEYOND || ratio < 1 / RATIO_BEYOND
  const values = { l: rounded(l), product: rounded((lambda * wMs) / 1_000), ratio: rounded(ratio, 2) }
  return [{ code: apart ? 'littles-law-apart' : 'littles-law', values }]
}

const killFindings = ({ kills }: Facts, { queue }: ProducerConsumerParams): Finding[] =>
  kills.map(({ consumer, held, lost, redelivered }) => ({
    code: queue === 'memory' ? 'killed-memory' : 'killed-durable',
    values: { consumer, held, lost, redelivered },
  }))

export const producerConsumerFindings = (facts: Facts, params: ProducerConsumerParams): Finding[] => {
  const { model, waitMs, blockedMs, latencyMs, alreadyWritten, generatorLateMs } = facts
  const headline = producerConsumerHeadline(facts, params)
  const fate = fateFinding(facts)
  const gain = groupCommitGain(facts)
  const oneWriter = params.database === 'sqlite' && params.consumers > 1 && params.sweep?.param !== 'consumers'
  return [
    ...(headline ? [headline] : []),
    ...(headline?.code === fate.code ? [] : [fate]),
    ...killFindings(facts, params),
    ...(facts.killNotReached ? [{ code: 'kill-not-reached', values: {} }] : []),
    ...(alreadyWritten > 0 ? [{ code: 'key-refused', values: { count: alreadyWritten } }] : []),
    ...(params.sweep === null ? loadFinding(facts, params) : []),
    ...(blockedMs > 0 && params.sweep === null
      ? [{ code: 'blocked', values: { ms: rounded(blockedMs), p99: rounded(latencyMs.p99) } }]
      : []),
    ...(oneWriter && gain !== null && gain > 2 ? [{ code: 'one-writer', values: { gain: rounded(gain, 2) } }] : []),
    ...(oneWriter && (gain === null || gain <= 2) ? [{ code: 'one-writer-plain', values: {} }] : []),
    ...(model.waitMs === null || params.sweep !== null
      ? []
      : [
          {
            code: 'model-wait',
            values: { name: model.name, predicted: rounded(model.waitMs), measured: rounded(waitMs) },
          },
        ]),
    ...littlesLawFindings(facts),
    ...(params.writeLatencyMs > 0 ? [{ code: 'emulated-latency', values: { ms: params.writeLatencyMs } }] : []),
    ...(generatorLateMs > 20 ? [{ code: 'generator-late', values: { ms: rounded(generatorLateMs) } }] : []),
    ...(facts.remote ? [{ code: 'remote', values: { consumers: facts.remote.consumers } }] : []),
  ]
}
