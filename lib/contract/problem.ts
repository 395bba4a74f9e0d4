/** Problem details (RFC 9457): the body of every response that is not a success. `errors` names the fields that were refused. */
import { z } from 'zod'

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export const fieldErrorSchema = z.object({
  /** Where, as a dotted path: 'params.workers'. */
  path: z.string(),
  /** What came and what is accepted. */
  message: z.string(),
  /** Why, for the page to say it in the reader's language: message `errors.refusals.<code>`, filled with `values`. */
  code: z.string().optional(),
  values: valuesSchema.optional(),
})
export type FieldError = z.infer<typeof fieldErrorSchema>

export const problemSchema = z.object({
  /** 'about:blank' or '/problems/<code>'; the page translates by the code. */
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  /** What `detail` says in figures, for the page to say it in the reader's language. */
  values: valuesSchema.optional(),
  errors: z.array(fieldErrorSchema).optional(),
})
export type Problem = z.infer<typeof problemSchema>
