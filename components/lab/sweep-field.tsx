/** Measuring once for each of several values of one parameter: which parameter, and its values as a list. */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { ParamField } from '../../lib/client/param-fields.ts'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface SweepFieldProps {
  label: string
  help?: ReactNode
  error?: ReactNode
  disabled: boolean
  field: ParamField & { control: 'sweep' }
  value: unknown
  words: ExperimentWords
  onChange: (value: { param: string; values: number[] } | null) => void
}

const OFF = ''

export function SweepField({ label, help, error, disabled, field, value, words, onChange }: SweepFieldProps) {
  const t = useTranslations('lab')
  const { param, values } = (value ?? { param: OFF, values: [] }) as { param: string; values: number[] }
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className="flex flex-col gap-3">
      <Select
        label={label}
        help={help}
        error={param === OFF ? error : undefined}
        disabled={disabled}
        value={param}
        options={[
          { value: OFF, label: t('sweepOff') },
          ...field.params.map((name) => ({ value: name, label: words.paramLabel(name) })),
        ]}
        onChange={(chosen) => onChange(chosen === OFF ? null : { param: chosen, values })}
      />
      {param !== OFF && (
        <TextField
          label={t('sweepValues')}
          help={t('sweepValuesHelp')}
          error={error}
          disabled={disabled}
          inputMode="decimal"
          value={typed ?? values.map(String).join(' ')}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange({ param, values: readNumbers(event.target.value) })
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </div>
  )
}

/** What is no number becomes NaN, which the form shows as wrong. */
const readNumbers = (text: string): number[] =>
  text
    .split(/[\s;]+/)
    .filter((part) => part !== '')
    .map((part) => Number(part.replace(',', '.')))
