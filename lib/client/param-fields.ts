/**
 * Reads an experiment's parameters off their JSON Schema: which control draws each, its limits, what stands open. Also says
 * whether a value keeps those limits, as a code with values that the page translates; the server has the last word.
 */
import type { ParamMeta } from '../experiments/experiment.ts'

export type ParamValues = Record<string, unknown>

/** The part of JSON Schema that the parameters' schemas use. */
export interface JsonSchema extends ParamMeta {
  type?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  enum?: readonly string[]
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

interface FieldFrame {
  name: string
  nullable: boolean
  unit: string | null
  section: 'basic' | 'advanced'
  visibleWhen: NonNullable<ParamMeta['visibleWhen']> | null
}

export type ParamField = FieldFrame &
  (
    | { control: 'text'; minLength: number; maxLength: number | null }
    | { control: 'switch' }
    | { control: 'choices' | 'select'; options: string[] }
    | { control: 'many-choices'; options: string[]; minItems: number; maxItems: number | null }
    | {
        control: 'slider' | 'number' | 'seed'
        integer: boolean
        min: number | null
        max: number | null
        step: number | null
        scale: 'linear' | 'log'
      }
    | { control: 'sweep'; params: string[]; minItems: number; maxItems: number | null }
  )

/** What is wrong with a value: message `lab.validation.<code>`. */
export interface FieldProblem {
  code:
    | 'required'
    | 'number'
    | 'integer'
    | 'between'
    | 'at-least'
    | 'at-most'
    | 'too-short'
    | 'too-long'
    | 'option'
    | 'choose'
    | 'list'
  values: Record<string, string | number>
}

/** More options than this are a select, fewer stand side by side. */
const MAX_CHOICES = 5
/** zod writes these where a schema has no limit of its own. */
const isLimit = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER

export const readFields = (schema: JsonSchema): ParamField[] =>
  Object.entries(schema.properties ?? {}).map(([name, property]) => readField(name, property))

const readField = (name: string, property: JsonSchema): ParamField => {
  const core = property.anyOf?.find((option) => option.type !== 'null') ?? property
  const frame: FieldFrame = {
    name,
    nullable: property.anyOf?.some((option) => option.type === 'null') ?? false,
    unit: property.unit ?? null,
    section: property.section ?? 'basic',
    visibleWhen: property.visibleWhen ?? null,
  }
  if (core.type === 'boolean') return { ...frame, control: 'switch' }
  if (core.type === 'array') {
    return {
      ...frame,
      control: 'many-choices',
      options: [...(core.items?.enum ?? [])],
      minItems: core.minItems ?? 0,
      maxItems: core.maxItems ?? null,
    }
  }
  if (core.type === 'object') {
    const values = core.properties?.values
    return {
      ...frame,
      control: 'sweep',
      params: [...(core.properties?.param?.enum ?? [])],
      minItems: values?.minItems ?? 2,
      maxItems: values?.maxItems ?? null,
    }
  }
  if (core.enum !== undefined) {
    const wanted = property.control === 'select' || property.control === 'choices' ? property.control : null
    return {
      ...frame,
      control: wanted ?? (core.enum.length > MAX_CHOICES ? 'select' : 'choices'),
      options: [...core.enum],
    }
  }
  if (core.type === 'string') {
    return { ...frame, control: 'text', minLength: core.minLength ?? 0, maxLength: core.maxLength ?? null }
  }
  const min = isLimit(core.minimum) ? core.minimum : null
  const max = isLimit(core.maximum) ? core.maximum : null
  const bounded = min !== null && max !== null && !frame.nullable
  const control = property.control === 'number' || property.control === 'seed' ? property.control : null
  return {
    ...frame,
    control: control ?? (bounded ? 'slider' : 'number'),
    integer: core.type === 'integer',
    min,
    max,
    step: property.step ?? null,
    scale: property.scale ?? 'linear',
  }
}

export const isVisible = (field: ParamField, values: ParamValues): boolean => {
  const { visibleWhen } = field
  if (!visibleWhen) return true
  const value = values[visibleWhen.param]
  // Of several choices it is enough that one is made.
  const has = (wanted: unknown): boolean => (Array.isArray(value) ? value.includes(wanted) : value === wanted)
  return visibleWhen.in.some(has)
}

/** What is sent: of what isn't shown the server takes its defaults, for a person can't put right what can't be seen. */
export const shownValues = (fields: readonly ParamField[], values: ParamValues): ParamValues => {
  const hidden = new Set(fields.filter((field) => !isVisible(field, values)).map(({ name }) => name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)))
}

export const checkField = (field: ParamField, value: unknown): FieldProblem | null => {
  if (value === null || value === undefined) return field.nullable ? null : { code: 'required', values: {} }
  switch (field.control) {
    case 'switch':
      return typeof value === 'boolean' ? null : { code: 'option', values: {} }
    case 'choices':
    case 'select':
      return isOption(value, field.options) ? null : { code: 'option', values: {} }
    case 'text':
      return checkText(field, value)
    case 'many-choices':
      return checkMany(field, value)
    case 'sweep':
      return checkSweep(field, value)
    default:
      return checkNumber(field, value)
  }
}

const isOption = (value: unknown, options: readonly string[]): boolean =>
  typeof value === 'string' && options.includes(value)

const checkText = (field: ParamField & { control: 'text' }, value: unknown): FieldProblem | null => {
  const length = typeof value === 'string' ? value.trim().length : 0
  if (length < field.minLength)
    return { code: length === 0 ? 'required' : 'too-short', values: { min: field.minLength } }
  return field.maxLength !== null && length > field.maxLength
    ? { code: 'too-long', values: { max: field.maxLength, length } }
    : null
}

const checkMany = (field: ParamField & { control: 'many-choices' }, value: unknown): FieldProblem | null => {
  if (!Array.isArray(value) || value.some((one) => !isOption(one, field.options))) {
    return { code: 'option', values: {} }
  }
  return value.length < field.minItems ? { code: 'choose', values: { min: field.minItems } } : null
}

const checkSweep = (field: ParamField & { control: 'sweep' }, value: unknown): FieldProblem | null => {
  const { param, values } = value as { param?: unknown; values?: unknown }
  if (!isOption(param, field.params)) return { code: 'option', values: {} }
  const count = Array.isArray(values) && values.every(Number.isFinite) ? values.length : -1
  return count < field.minItems || (field.maxItems !== null && count > field.maxItems)
    ? { code: 'list', values: { min: field.minItems, max: field.maxItems ?? 100 } }
    : null
}

const checkNumber = (
  field: ParamField & { control: 'slider' | 'number' | 'seed' },
  value: unknown,
): FieldProblem | null => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'number', values: {} }
  const { min, max } = field
  const outside = (min !== null && value < min) || (max !== null && value > max)
  if (outside && min !== null && max !== null) return { code: 'between', values: { min, max } }
  if (outside && min !== null) return { code: 'at-least', values: { min } }
  if (outside) return { code: 'at-most', values: { max: max ?? 0 } }
  return field.integer && !Number.isInteger(value) ? { code: 'integer', values: {} } : null
}
