/**
 * A process in which one try is measured: it starts two of a kind, the first to have everything loaded that a first one needs,
 * the second to be measured. A fresh process a try, because memory that was given back by an earlier one would be used again
 * by the next, which then would seem to need none.
 */
import type { CostKind } from '#lib/experiments/isolation-kinds.ts'
import { quantileOfSorted } from '#lib/statistics/median.ts'
import { proportionalSetSize } from '../../measuring/process-memory.ts'
import { createRunClock } from '../../measuring/run-clock.ts'
import { type SpokenTo, startSpokenTo } from './spoken-to.ts'

export interface CostTry {
  /** Moments on the run's clock. */
  startedUs: number
  readyUs: number
  messagesFromUs: number
  messagesToUs: number
  pid: number
  messageMicros: number
  memoryBytes: number | null
  memoryMeasure: 'pss' | 'rss'
}

const WARM_UP_MESSAGES = 100
const MESSAGES = 400

const [kind, originNs] = process.argv.slice(2) as [CostKind, string]
const { nowUs } = createRunClock(BigInt(originNs))

process.on('disconnect', () => process.exit(0))

const pidsOf = (started: readonly SpokenTo[]): number[] => [process.pid, ...started.flatMap(({ pid }) => pid ?? [])]

const messagesOf = async (asked: SpokenTo): Promise<number> => {
  const micros: number[] = []
  for (let i = -WARM_UP_MESSAGES; i < MESSAGES; i++) {
    const before = nowUs()
    await asked.ask('ping')
    if (i >= 0) micros.push(nowUs() - before)
  }
  return quantileOfSorted(
    micros.sort((a, b) => a - b),
    0.5,
  )
}

const first = startSpokenTo(kind)
await first.ready
await first.ask('memory')
const pssBefore = await proportionalSetSize(pidsOf([first]))
const rssBefore = process.memoryUsage.rss()

const startedUs = nowUs()
const second = startSpokenTo(kind)
await second.ready
const readyUs = nowUs()

const residentBytes = Number(await second.ask('memory'))
const pssAfter = await proportionalSetSize(pidsOf([first, second]))
const rssGrowth = kind === 'threads' ? process.memoryUsage.rss() - rssBefore : residentBytes
const pssGrowth = pssBefore === null || pssAfter === null ? null : pssAfter - pssBefore

const messagesFromUs = nowUs()
const messageMicros = await messagesOf(second)
const result: CostTry = {
  startedUs,
  readyUs,
  messagesFromUs,
  messagesToUs: nowUs(),
  pid: second.pid ?? process.pid,
  messageMicros,
  memoryBytes: pssGrowth ?? rssGrowth,
  memoryMeasure: pssGrowth === null ? 'rss' : 'pss',
}
await Promise.all([first.end(), second.end()])
// Leaving before it is sent would cut it off; staying, the open channel would keep this process for ever.
process.send?.(result, undefined, {}, () => process.exit(0))
