/**
 * Parameters in the address of a page: only what differs from the defaults, readable, so that a link reproduces a set-up.
 * Reading what was written gives the same values; what can't be read becomes a value that the form shows as wrong.
 */
import type { ParamField, ParamValues } from './param-fields.ts'

/** Names in the address that are not parameters. */
export const RESERVED_NAMES = ['run', 'preset', 'start'] as const

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** `alsoFrom` is a second set that the reader may begin with, such as those of a run: what differs from either is written. */
export const writeParams = (
  fields: readonly ParamField[],
  values: ParamValues,
  defaults: ParamValues,
  alsoFrom: ParamValues = defaults,
): URLSearchParams => {
  const search = new URLSearchParams()
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined) continue
    const isGiven = sameValue(value, defaults[field.name]) && sameValue(value, alsoFrom[field.name])
    if (!isGiven) search.set(field.name, write(field, value))
  }
  return search
}

const write = (field: ParamField, value: unknown): string => {
  if (value === null) return ''
  if (field.control === 'many-choices' && Array.isArray(value)) return value.join(',')
  if (field.control === 'sweep') {
    const { param, values } = value as { param: string; values: number[] }
    return `${param}:${values.join(',')}`
  }
  return String(value)
}

/** The defaults with what the address says. */
export const readParams = (
  fields: readonly ParamField[],
  search: URLSearchParams,
  defaults: ParamValues,
): ParamValues => {
  const values: ParamValues = { ...defaults }
  for (const field of fields) {
    const text = search.get(field.name)
    if (text !== null) values[field.name] = read(field, text)
  }
  return values
}

const read = (field: ParamField, text: string): unknown => {
  if (text === '' && field.nullable) return null
  switch (field.control) {
    case 'many-choices': {
      const named = new Set(text.split(','))
      // In the order of the options, as the form writes them; unknown names are of no use to anyone.
      return field.options.filter((option) => named.has(option))
    }
    case 'switch':
      return text === 'true'
    case 'sweep': {
      const [param = '', list = ''] = text.split(':')
      return { param, values: list.split(',').map(Number) }
    }
    case 'slider':
    case 'number':
    case 'seed':
      return text.trim() === '' ? null : Number(text)
    default:
      return text
  }
}
