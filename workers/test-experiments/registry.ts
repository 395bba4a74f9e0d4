/** The registry that tests give to a runner instead of the product's: one experiment that behaves as it is told. */
import { z } from 'zod'
import { defineExperiment, type Experiment } from '#lib/experiments/experiment.ts'

export const PROBE_BEHAVIOURS = [
  'count',
  'wait',
  'wait-for-poke',
  'wait-for-pokes',
  'ignore-abort',
  'block',
  'exit',
  'throw',
  'fail',
  'fill-memory',
  'grandchild',
  'bad-event',
  'bad-result',
  'flood',
] as const

const probeParams = z.strictObject({
  behaviour: z.enum(PROBE_BEHAVIOURS).default('count'),
  amount: z.int().min(0).max(100_000).default(3),
  seconds: z.int().min(0).default(1),
})
export type ProbeParams = z.output<typeof probeParams>

const probeResult = z.looseObject({ told: z.int() })
export type ProbeResult = z.infer<typeof probeResult>

const probe = defineExperiment<typeof probeParams, ProbeResult>({
  id: 'probe',
  params: probeParams,
  check: ({ behaviour, amount }) =>
    behaviour === 'flood' && amount === 0
      ? [{ path: 'amount', message: 'a flood of nothing; 1 or more is accepted' }]
      : [],
  result: probeResult,
  presets: [],
  commands: ['poke'],
  movieApi: ({ behaviour, amount }) => {
    if (behaviour === 'block') return null
    return { emulated: amount === 77 ? ['amount'] : [] }
  },
  estimateMs: ({ seconds }) => seconds * 1_000,
  headline: ({ told }) => ({ code: 'told', values: { told } }),
  questions: [
    { id: 'fastest', kind: 'choice', options: () => ['threads', 'processes'], answer: () => 'threads' },
    { id: 'how-many', kind: 'number', options: () => [], answer: ({ told }) => told },
  ],
})

export const findExperiment = (id: string): Experiment | null => (id === 'probe' ? probe : null)
