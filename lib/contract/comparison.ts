/** The one object in which two or more things measured against each other are reported, and the findings beside it. */
import { z } from 'zod'
import { strategySchema } from './strategy.ts'

export const intervalSchema = z.tuple([z.number(), z.number()])

export const verdictSchema = z.enum(['faster', 'slower', 'no-detectable-difference', 'too-few-rounds'])
export type Verdict = z.infer<typeof verdictSchema>

/** Baseline ÷ this: above 1 is faster. Below the number of rounds the method needs, `ci95` is null with 'too-few-rounds'. */
export const speedupSchema = z.object({ value: z.number(), ci95: intervalSchema.nullable(), verdict: verdictSchema })
export type Speedup = z.infer<typeof speedupSchema>

export const efficiencySchema = z.object({
  parallel: z.number(),
  loadBalance: z.number(),
  communication: z.number(),
})
export type Efficiency = z.infer<typeof efficiencySchema>

/** One thing that was measured. What else varies ('requests', 'failed', 'threads') is added beside these. */
export const entrySchema = z.looseObject({
  key: z.string().min(1),
  strategy: strategySchema.optional(),
  workers: z.int().positive().optional(),
  samplesMs: z.array(z.number().nonnegative()),
  medianMs: z.number().nonnegative(),
  ci95Ms: intervalSchema.nullable(),
  startupMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  modelMs: z.number().nonnegative().nullable(),
  speedup: speedupSchema,
  efficiency: efficiencySchema.nullable(),
  outliers: z.object({ mild: z.int().nonnegative(), severe: z.int().nonnegative() }),
  checksum: z.string().nullable(),
})
export type Entry = z.infer<typeof entrySchema>

export const comparisonSchema = z.object({
  baseline: z.string(),
  rounds: z.int().nonnegative(),
  warmup: z.int().nonnegative(),
  seed: z.int(),
  entries: z.array(entrySchema).min(1),
})
export type Comparison = z.infer<typeof comparisonSchema>

/** A sentence that the result supports: message `experiments.<id>.findings.<code>` with these values. */
export const findingSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Finding = z.infer<typeof findingSchema>
