/** The values of a sweep: within the limits of what is swept, and each once. */
import type { FieldError } from '../contract/problem.ts'

export interface SweepLimits {
  min: number
  max: number
  /** Only whole numbers are accepted. */
  whole: boolean
}

export const checkSweepValues = (values: readonly number[], { min, max, whole }: SweepLimits): FieldError[] => {
  const errors = values.flatMap((value, i): FieldError[] =>
    value < min || value > max || (whole && !Number.isInteger(value))
      ? [
          {
            path: `sweep.values.${i}`,
            message: `got ${value}; ${whole ? 'whole numbers' : 'numbers'} from ${min} to ${max} are accepted`,
            code: whole ? 'whole-number' : 'number',
            values: { value, min, max },
          },
        ]
      : [],
  )
  if (new Set(values).size < values.length) {
    errors.push({ path: 'sweep.values', message: 'got a value twice; each may be named once', code: 'twice' })
  }
  return errors
}
