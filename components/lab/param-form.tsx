/**
 * The parameters of an experiment as a form: presets, what is basic, what is advanced behind a disclosure. What is wrong with a
 * field stands at the field; what the server refused stands there too, until the field is changed.
 */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { checkField, isVisible, type ParamField, type ParamValues } from '../../lib/client/param-fields.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { FieldError } from '../../lib/contract/problem.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { ParamControl } from './param-control.tsx'
import { PresetPicker } from './preset-picker.tsx'
import { useRefusalText } from './use-refusal-text.tsx'

export interface ParamFormProps {
  fields: readonly ParamField[]
  values: ParamValues
  defaults: ParamValues
  presets: readonly { id: string; params: ParamValues }[]
  /** Choices that can't be made at present. */
  unavailable: ExperimentDescription['unavailable']
  words: ExperimentWords
  /** From the server, with paths such as 'params.workers'. */
  refused: readonly FieldError[]
  disabled?: boolean
  onChange: (values: ParamValues, changed: readonly string[]) => void
}

export function ParamForm(props: ParamFormProps) {
  const { fields, values, defaults, presets, unavailable, words, refused, disabled = false, onChange } = props
  const t = useTranslations('lab')
  const problemText = useProblemText()
  const refusalText = useRefusalText(words)
  const shown = fields.filter((field) => isVisible(field, values))
  const errorOf = (field: ParamField): ReactNode => {
    const problem = checkField(field, values[field.name])
    if (problem) return problemText(problem)
    const refusal = refused.find((error) => paramOf(error) === field.name)
    return refusal ? refusalText(refusal) : null
  }
  const draw = (field: ParamField) => (
    <ParamControl
      key={field.name}
      field={field}
      value={values[field.name]}
      unavailable={unavailable.filter(({ param }) => param === field.name)}
      words={words}
      error={errorOf(field)}
      disabled={disabled}
      onChange={(value) => onChange({ ...values, [field.name]: value }, [field.name])}
    />
  )
  const advanced = shown.filter((field) => field.section === 'advanced')
  return (
    <div className="flex flex-col gap-6">
      {presets.length > 0 && (
        <PresetPicker
          presets={presets}
          values={values}
          defaults={defaults}
          words={words}
          disabled={disabled}
          onChange={onChange}
        />
      )}
      {shown.filter((field) => field.section === 'basic').map(draw)}
      {advanced.length > 0 && (
        <Disclosure summary={t('advanced')} open={advanced.some((field) => errorOf(field) !== null) || undefined}>
          <div className="flex flex-col gap-6">{advanced.map(draw)}</div>
        </Disclosure>
      )}
    </div>
  )
}

/** The first part of a path such as 'params.sweep.values'. */
export const paramOf = (error: FieldError): string => error.path.split('.')[1] ?? ''

function useProblemText(): (problem: NonNullable<ReturnType<typeof checkField>>) => string {
  const t = useTranslations('lab.validation')
  const quantity = useQuantity()
  return ({ code, values }) => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? quantity.number(value) : value]),
    )
    return t(code, { min: '', max: '', length: '', ...shown })
  }
}
