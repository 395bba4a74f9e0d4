/**
 * The figures of a flow that has ended, after the proof that nothing is missing: every message that was made is a row, or was dropped or
 * rejected by the policy, or was in the memory of a consumer that was killed. Anything else is a failure with the numbers.
 */

import { littlesLawRatio } from '#lib/experiments/models/queueing.ts'
import { writersOf } from '#lib/experiments/producer-consumer-choices.ts'
import { modelFlow, transactionCost } from '#lib/experiments/producer-consumer-model.ts'
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer-params.ts'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer-result.ts'
import { logBins, logPercentile } from '#lib/statistics/log-histogram.ts'
import { RunFailure } from '../run-context.ts'
import type { FlowOutcome } from './flow.ts'
import type { Verification } from './verify-rows.ts'

export type FlowFigures = Omit<ProducerConsumerResult, 'sweep' | 'shown' | 'overTime' | 'findings'>

const BARS = 48

const numbers = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
    .join(', ')

/** One consumer and nobody killed: what one producer made is written in the order in which it was made. */
export const promisesOrder = (params: ProducerConsumerParams, kills: number): boolean =>
  params.consumers === 1 && kills === 0

/**
 * How many messages were delivered to two consumers although the first one neither died nor lost its lease: the key hides it in
 * the rows. Whom somebody else killed may have taken with it what it had counted; a queue in memory never delivers again.
 */
const deliveredTwice = ({ queue }: ProducerConsumerParams, { state, kills, remote }: FlowOutcome): number => {
  const already = state.sumCount('alreadyWritten')
  if (queue === 'memory') return already
  return kills.length + remote > 0 ? 0 : Math.max(0, already - state.sumCount('redelivered'))
}

/** Throws RunFailure 'verification' with the numbers. */
const prove = (
  params: ProducerConsumerParams,
  outcome: FlowOutcome,
  verification: Verification,
  fate: Record<string, number>,
): void => {
  const { state } = outcome
  const { produced = 0, written = 0, dropped = 0, rejected = 0, lost = 0 } = fate
  const complaints: string[] = []
  if (produced !== written + dropped + rejected + lost) {
    complaints.push(`produced ≠ written + dropped + rejected + lost (${numbers(fate)})`)
  }
  const inserted = state.sumCount('rows') - state.sumCount('alreadyWritten')
  // A consumer killed after its commit may not have come to counting it; no row may be there that nobody wrote.
  if (inserted > written) complaints.push(`consumers committed ${inserted} rows, ${written} are there`)
  if (verification.damaged > 0) complaints.push(`${verification.damaged} rows don't match their checksum`)
  if (state.sumCount('damaged') > 0) complaints.push(`${state.sumCount('damaged')} messages were changed in the queue`)
  if ((verification.outOfOrder ?? 0) > 0) {
    complaints.push(`${verification.outOfOrder} rows are out of order although there was one consumer`)
  }
  if (verification.duplicated > 0) complaints.push(`${verification.duplicated} rows are there twice`)
  const twice = deliveredTwice(params, outcome)
  if (twice > 0) complaints.push(`${twice} messages were delivered twice by the queue`)
  // Whatever was delivered again is not counted: what one consumer is the first to get comes in the order in which it was made.
  const disorder = state.sumCount('outOfOrder')
  if (disorder > 0) complaints.push(`${disorder} messages came out of the queue before older ones of their producer`)
  if (complaints.length > 0) throw new RunFailure('verification', complaints.join('; '))
}

export const figuresOf = (
  params: ProducerConsumerParams,
  outcome: FlowOutcome,
  verification: Verification,
): FlowFigures => {
  const { state, sampler, startUs, producedUs, endUs } = outcome
  const missing = new Set(verification.missing)
  const kills = outcome.kills.map(({ consumer, atUs, held, hand, redelivered, onRequest }) => ({
    consumer,
    atMs: Math.max(0, (atUs - startUs) / 1000),
    held,
    lost: hand.filter((key) => missing.has(key)).length,
    redelivered,
    onRequest,
  }))
  const fate = {
    produced: state.sumMade('made'),
    written: verification.rows,
    dropped: state.sumMade('dropped'),
    rejected: state.sumMade('rejected'),
    lost: kills.reduce((sum, { lost }) => sum + lost, 0),
  }
  prove(params, outcome, verification, fate)

  const elapsedMs = (endUs - startUs) / 1000
  const latencies = state.sumCount('latencies')
  const histogram = state.histogram()
  const largestMs = state.largest('largestUs') / 1000
  const percentile = (percent: number): number =>
    latencies === 0 ? 0 : Math.min(largestMs, logPercentile(histogram, percent) / 1000)
  const sums = {
    count: state.sumCount('transactions'),
    rows: state.sumCount('rows'),
    ms: state.sumCount('busyMs'),
    rowsSquared: state.sumCount('rowsSquared'),
    msSquared: state.sumCount('busyMsSquared'),
    product: state.sumCount('product'),
    cycleMs: state.sumCount('cycleMs'),
    cycleProduct: state.sumCount('cycleProduct'),
  }
  const cost = transactionCost(sums)
  // Everything that came, whatever became of it: also those turned away were inside for a moment.
  const departed = latencies + fate.dropped + fate.rejected
  const insideUs = state.sumCount('latencyUs') + state.sumCount('leavingUs') + state.sumMade('turnedAwayUs')
  const wMs = departed === 0 ? 0 : insideUs / departed / 1000
  const lambda = (departed * 1000) / elapsedMs
  const l = sampler.little.meanOver(elapsedMs * 1000)
  return {
    ...fate,
    duplicated: verification.duplicated,
    redelivered: state.sumCount('redelivered'),
    alreadyWritten: state.sumCount('alreadyWritten'),
    throughputPerSecond: {
      in: (fate.produced * 1_000_000) / Math.max(1, producedUs - startUs),
      out: (fate.written * 1000) / elapsedMs,
    },
    latencyMs: { p50: percentile(50), p95: percentile(95), p99: percentile(99), max: largestMs },
    histogram: logBins(histogram, BARS).map(({ from, to, count }) => ({ from: from / 1000, to: to / 1000, count })),
    waitMs: latencies === 0 ? 0 : state.sumCount('waitUs') / latencies / 1000,
    blockedMs: state.sumMade('blockedUs') / 1000,
    utilisation: sums.ms / (elapsedMs * writersOf(params.database, params.consumers)),
    maxDepth: Math.max(sampler.deepest, state.largestMade('deepest')),
    fullMs: sampler.fullMs,
    elapsedMs,
    transactions: {
      count: sums.count,
      meanRows: sums.count === 0 ? 0 : sums.rows / sums.count,
      meanMs: sums.count === 0 ? 0 : sums.ms / sums.count,
      fixedMs: cost?.fixedMs ?? 0,
      rowMs: cost?.rowMs ?? 0,
      cycleMs: sums.count === 0 ? 0 : sums.cycleMs / sums.count,
    },
    generatorLateMs: state.largestMade('latestUs') / 1000,
    littlesLaw: { l, lambda, wMs, ratio: littlesLawRatio({ l, lambda, wMs }), samples: sampler.little.samples },
    model: modelFlow(
      {
        ...params,
        consumers: params.consumers + outcome.remote,
        durableQueue: params.queue !== 'memory',
        turnedAway: fate.dropped + fate.rejected,
      },
      sums,
    ),
    kills,
    killNotReached: outcome.killNotReached,
    latencyMissing: Math.max(0, fate.written - latencies),
    remote: outcome.remote > 0 ? { consumers: outcome.remote } : null,
  }
}
