/** The four ways of executing tasks. Their order here is the order in which every chart, table and form lists them. */
import { z } from 'zod'

export const STRATEGIES = ['sequential', 'async', 'threads', 'processes'] as const

export const strategySchema = z.enum(STRATEGIES)
export type Strategy = z.infer<typeof strategySchema>

/** A list of different strategies; equal ones twice are refused, since a comparison's entries are told apart by their key. */
export const strategiesSchema = z
  .array(strategySchema)
  .min(1)
  .max(STRATEGIES.length)
  .refine((list) => new Set(list).size === list.length, { message: 'each strategy may be named once' })
