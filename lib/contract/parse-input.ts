/**
 * Checks what came from outside against a schema. A refusal is a value, with zod's issues turned into field errors that
 * say which field, what is accepted and what came.
 */
import { z } from 'zod'
import { fail, type Outcome, succeed } from './failure.ts'
import type { FieldError } from './problem.ts'

const MAX_ERRORS = 20
const MAX_SHOWN = 60
/** Names of unknown fields are as long as the sender likes. */
const MAX_PATH = 100
const MAX_SENTENCE = 300

const clip = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text)

/** What came, short enough to stand in a sentence. */
const show = (input: unknown): string => {
  if (input === undefined) return 'nothing'
  // JSON has no word for 1e999, which would be shown as null.
  const text = typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? String(input))
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text
}

const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flatMap((branch) => branch.map((inner) => inner.message))
    return branches.length > 0 ? [...new Set(branches)].join(', or ') : issue.message
  }
  return issue.message.replace(', received NaN', '')
}

/** What came at a path, as it came: an issue carries what became of it, 'abc' read as a number being NaN. */
const cameAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    input,
  )

const pathOf = (prefix: string, names: readonly PropertyKey[]): string =>
  clip(z.core.toDotPath(prefix === '' ? names : [prefix, ...names]), MAX_PATH)

const errorsOf = (issue: z.core.$ZodIssue, input: unknown, prefix: string): FieldError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.slice(0, MAX_ERRORS).map((name) => ({
        path: pathOf(prefix, [...issue.path, name]),
        message: `Unrecognized key: ${show(name)}`,
      }))
    : [
        {
          path: pathOf(prefix, issue.path),
          message: `${clip(sentence(issue), MAX_SENTENCE)}; got ${show(cameAt(input, issue.path))}`,
        },
      ]

const fieldErrorsOf = (error: z.core.$ZodError, input: unknown, prefix: string): FieldError[] =>
  error.issues.flatMap((issue) => errorsOf(issue, input, prefix)).slice(0, MAX_ERRORS)

/** The refusal that field errors make: 'invalid-input', naming the fields. */
export const refuseFields = (errors: FieldError[]): Outcome<never> =>
  fail('invalid-input', `Refused: ${errors.map(({ path }) => path || 'the whole input').join(', ')}.`, { errors })

/** `prefix` is put before every path: 'params' for the parameters inside a body. At most 20 errors are told. */
export const parseInput = <Schema extends z.ZodType>(
  input: unknown,
  schema: Schema,
  prefix = '',
): Outcome<z.output<Schema>> => {
  const parsed = schema.safeParse(input)
  return parsed.success ? succeed(parsed.data) : refuseFields(fieldErrorsOf(parsed.error, input, prefix))
}
