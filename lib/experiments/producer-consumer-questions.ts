/** What may be asked before messages are sent through a queue. Without zod: the browser asks and grades. */
import type { Question } from './experiment.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'
import type { ProducerConsumerResult } from './producer-consumer-result.ts'

type Ask = Question<ProducerConsumerParams, ProducerConsumerResult>

/** Where a queue stays below its capacity nobody was blocked and nothing was turned away. */
const fills: Ask = {
  id: 'fills',
  kind: 'choice',
  options: () => ['full', 'never-full'],
  answer: ({ maxDepth }, { capacity }) => (maxDepth >= capacity ? 'full' : 'never-full'),
}

const perSecond: Ask = {
  id: 'per-second',
  kind: 'number',
  options: () => [],
  answer: ({ throughputPerSecond }) => Math.round(throughputPerSecond.out),
}

const slowest: Ask = {
  id: 'slowest',
  kind: 'number',
  options: () => [],
  answer: ({ latencyMs }) => Math.round(latencyMs.max),
}

export const producerConsumerQuestions: readonly Ask[] = [fills, perSecond, slowest]
