/** An experiment as GET /api/experiments tells it: enough to draw its form and to start a run, without knowing its code. */
import { z } from 'zod'
import { absenceSchema, serviceSchema } from './service.ts'

const paramsSchema = z.record(z.string(), z.unknown())

export const experimentDescriptionSchema = z.object({
  id: z.string(),
  /** Whether it has a lab page of its own. */
  listed: z.boolean(),
  /** Whether two set-ups of it can be measured against each other in one run, interleaved (the experiment 'pair'). */
  comparable: z.boolean(),
  /** JSON Schema (draft 2020-12) of the parameters, with ParamMeta beside each. */
  params: z.record(z.string(), z.unknown()),
  /** For this machine, complete. */
  defaults: paramsSchema,
  /** Each differs from the defaults by these parameters. */
  presets: z.array(z.object({ id: z.string(), params: paramsSchema })),
  /** Beyond 'cancel'. */
  commands: z.array(z.string()),
  /** Choices that can't be made at present, because a server that they need isn't there; a run that makes one is refused. */
  unavailable: z.array(
    z.object({ param: z.string(), value: z.string(), service: serviceSchema, reason: absenceSchema }),
  ),
  /** `options` are those for the default parameters; none for a number. */
  questions: z.array(z.object({ id: z.string(), kind: z.enum(['choice', 'number']), options: z.array(z.string()) })),
})
export type ExperimentDescription = z.infer<typeof experimentDescriptionSchema>

export const experimentListSchema = z.object({ experiments: z.array(experimentDescriptionSchema) })
