/**
 * Parameters that only one option of another one makes use of. Elsewhere a value of theirs would be kept, shown and compared
 * as if it had done something, so it is refused; their default is accepted, being what stands there when nothing is said.
 */
import type { FieldError } from '../contract/problem.ts'

type Plain = string | number | boolean

interface Choice {
  /** The parameter whose option decides. */
  param: string
  option: string
  chosen: string
}

/** `value` is what came, `fallback` the default. */
export const onlyWith = (
  { param, option, chosen }: Choice,
  path: string,
  value: Plain,
  fallback: Plain,
): FieldError[] =>
  chosen === option || value === fallback
    ? []
    : [
        {
          path,
          message: `got ${JSON.stringify(value)} with the ${param} "${chosen}"; only "${option}" makes use of it: leave it out`,
          code: 'only-with',
          values: { param, option },
        },
      ]
