/**
 * Messages that come in bursts, a queue, and a real database that is slow for one and fast enough for many: what waits, what is
 * turned away, and the proof that nothing was lost. Defines the presets, what it needs, and what stands for its result.
 */
import { defineExperiment } from './experiment.ts'
import { estimateProducerConsumerMs } from './producer-consumer-estimate.ts'
import { producerConsumerHeadline } from './producer-consumer-findings.ts'
import { checkProducerConsumer, producerConsumerParamsSchema } from './producer-consumer-params.ts'
import { producerConsumerQuestions } from './producer-consumer-questions.ts'
import { type ProducerConsumerResult, producerConsumerResultSchema } from './producer-consumer-result.ts'

export const producerConsumer = defineExperiment<typeof producerConsumerParamsSchema, ProducerConsumerResult>({
  id: 'producer-consumer',
  params: producerConsumerParamsSchema,
  check: checkProducerConsumer,
  result: producerConsumerResultSchema,
  presets: [
    { id: 'bursts', params: { messages: 10_000, ratePerSecond: 4_000, burstSize: 500, capacity: 1_000 } },
    {
      id: 'overflow',
      params: {
        messages: 12_000,
        ratePerSecond: 3_000,
        burstSize: 3_000,
        capacity: 200,
        overflow: 'drop-oldest',
        batchSize: 10,
      },
    },
    {
      id: 'one-by-one',
      params: { messages: 1_200, arrivals: 'poisson', ratePerSecond: 200, batchSize: 1, consumers: 1, capacity: 1_000 },
    },
    {
      id: 'killed',
      params: {
        queue: 'sqlite',
        messages: 6_000,
        arrivals: 'steady',
        ratePerSecond: 2_000,
        killConsumerAtMs: 1_000,
        batchSize: 50,
      },
    },
    {
      id: 'batch-sweep',
      params: {
        messages: 1_000,
        ratePerSecond: 0,
        consumers: 1,
        capacity: 1_000,
        rounds: 3,
        sweep: { param: 'batchSize', values: [1, 3, 10, 30, 100, 300] },
      },
    },
    {
      id: 'consumers-sweep',
      params: {
        messages: 2_000,
        ratePerSecond: 0,
        batchSize: 10,
        rounds: 6,
        sweep: { param: 'consumers', values: [1, 2, 4] },
      },
    },
    {
      id: 'million',
      params: {
        messages: 1_000_000,
        arrivals: 'steady',
        ratePerSecond: 0,
        capacity: 100_000,
        batchSize: 1_000,
        consumers: 1,
        durability: 'normal',
      },
    },
  ],
  commands: ['kill-consumer'],
  needs: [
    { param: 'queue', value: 'redis', service: 'redis' },
    { param: 'database', value: 'postgres', service: 'postgres' },
  ],
  estimateMs: (params, machine) => estimateProducerConsumerMs(params, machine.cpus),
  // A pair leaves sweeps out: of each set-up the single flow.
  measuredAs: () => 'run',
  headline: producerConsumerHeadline,
  questions: producerConsumerQuestions,
})
