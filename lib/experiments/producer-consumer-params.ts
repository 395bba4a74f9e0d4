/** What may be asked of producer-consumer, and what is refused although each parameter for itself would do. */
import { z } from 'zod'
import type { FieldError } from '../contract/problem.ts'
import { paramMeta as meta } from './experiment.ts'
import { onlyWith } from './only-with.ts'
import {
  ARRIVALS,
  DATABASES,
  DURABILITIES,
  KILL_MOMENTS,
  OVERFLOWS,
  PRODUCER_CONSUMER_SWEEPS,
  QUEUES,
} from './producer-consumer-choices.ts'
import { roundsParam, seedParam } from './rounds-params.ts'
import { checkSweepValues } from './sweep-values.ts'

const BURST_SIZE = 500

export const producerConsumerParamsSchema = z.strictObject({
  producers: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  consumers: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .meta(meta({ control: 'slider', unit: 'workers', section: 'basic' })),
  messages: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(10_000)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  arrivals: z
    .enum(ARRIVALS)
    .default('bursts')
    .meta(meta({ control: 'choices', section: 'basic' })),
  ratePerSecond: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(4_000)
    .meta(meta({ control: 'number', unit: 'per-second', section: 'basic' })),
  burstSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(BURST_SIZE)
    .meta(
      meta({
        control: 'slider',
        scale: 'log',
        unit: 'messages',
        section: 'basic',
        visibleWhen: { param: 'arrivals', in: ['bursts'] },
      }),
    ),
  capacity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  overflow: z
    .enum(OVERFLOWS)
    .default('block')
    .meta(meta({ control: 'choices', section: 'basic' })),
  batchSize: z
    .int()
    .min(1)
    .max(5_000)
    .default(50)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  writeLatencyMs: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .meta(meta({ control: 'slider', unit: 'ms', section: 'advanced' })),
  queue: z
    .enum(QUEUES)
    .default('memory')
    .meta(meta({ control: 'choices', section: 'basic' })),
  database: z
    .enum(DATABASES)
    .default('sqlite')
    .meta(meta({ control: 'choices', section: 'basic' })),
  durability: z
    .enum(DURABILITIES)
    .default('full')
    .meta(meta({ control: 'choices', section: 'basic' })),
  killConsumerAtMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .default(null)
    .meta(meta({ control: 'number', unit: 'ms', section: 'advanced' })),
  killMoment: z
    .enum(KILL_MOMENTS)
    .default('mid-batch')
    .meta(meta({ control: 'choices', section: 'advanced' })),
  rounds: roundsParam({ usual: 3, most: 20 }),
  seed: seedParam(),
  sweep: z
    .strictObject({ param: z.enum(PRODUCER_CONSUMER_SWEEPS), values: z.array(z.int()).min(2).max(12) })
    .nullable()
    .default(null)
    .meta(meta({ control: 'sweep', section: 'advanced' })),
})
export type ProducerConsumerParams = z.output<typeof producerConsumerParamsSchema>

const SWEEP_LIMITS = {
  batchSize: { min: 1, max: 5_000, whole: true },
  capacity: { min: 1, max: 1_000_000, whole: true },
  consumers: { min: 1, max: 8, whole: true },
} as const

const checkSweep = ({ sweep, killConsumerAtMs }: ProducerConsumerParams): FieldError[] => {
  if (sweep === null) return []
  const errors = checkSweepValues(sweep.values, SWEEP_LIMITS[sweep.param])
  if (killConsumerAtMs !== null) {
    errors.push({
      path: 'killConsumerAtMs',
      message: `got ${killConsumerAtMs}; null is accepted together with a sweep, which compares flows that nobody disturbs`,
      code: 'not-with-sweep',
    })
  }
  return errors
}

/** What a schema can't say. */
export const checkProducerConsumer = (params: ProducerConsumerParams): FieldError[] => {
  const errors = checkSweep(params)
  if (params.ratePerSecond > 0 && params.ratePerSecond < 0.1) {
    errors.push({
      path: 'ratePerSecond',
      message: `got ${params.ratePerSecond}; 0 (as fast as possible) or 0.1 and more are accepted`,
      code: 'zero-or-at-least',
      values: { min: 0.1 },
    })
  }
  const bursts = { param: 'arrivals', option: 'bursts', chosen: params.arrivals }
  errors.push(...onlyWith(bursts, 'burstSize', params.burstSize, BURST_SIZE))
  return errors
}
