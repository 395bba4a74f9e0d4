/**
 * Reads JSON that came from outside. What nests deeper than anything that is accepted here is refused before a schema, a
 * message or a key walks into it by recursion; so is `__proto__`, which schemas pass over in silence. Never throws.
 */
import { fail, type Outcome, succeed } from './failure.ts'
import { refuseFields } from './parse-input.ts'

/** A pair's sweep, the deepest that is accepted, is at 6. */
export const MAX_DEPTH = 32

export const parseJson = (text: string): Outcome<unknown> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail('malformed-json', error instanceof Error ? error.message : 'The text is not JSON.')
  }
  let level: unknown[] = [json]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      return fail('malformed-json', `The JSON nests more than ${MAX_DEPTH} levels deep; ${MAX_DEPTH} are accepted.`)
    }
    const objects = level.filter((value) => typeof value === 'object' && value !== null)
    if (objects.some((value) => Object.hasOwn(value, '__proto__'))) {
      return refuseFields([{ path: '__proto__', message: 'no field has this name' }])
    }
    level = objects.flatMap((value): unknown[] => Object.values(value))
  }
  return succeed(json)
}
