/** The query of a URL, checked against a schema; of a repeated key the last value counts. */
import type { z } from 'zod'
import type { Outcome } from '../contract/failure.ts'
import { parseInput } from '../contract/parse-input.ts'

export const readQuery = <Schema extends z.ZodType>(request: Request, schema: Schema): Outcome<z.output<Schema>> =>
  parseInput(Object.fromEntries(new URL(request.url).searchParams), schema)
