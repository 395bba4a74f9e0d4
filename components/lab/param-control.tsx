/** One parameter of an experiment, drawn by the control that its schema asks for. */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ParamField } from '../../lib/client/param-fields.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import { SERVICE_SETTINGS } from '../../lib/contract/service-settings.ts'
import { ChoiceGroup } from '../ui/choice-group.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { Slider } from '../ui/slider.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { SeedField } from './seed-field.tsx'
import { strategySwatch } from './strategy-swatch.ts'
import { SweepField } from './sweep-field.tsx'
import { useUnits } from './use-units.ts'

export interface ParamControlProps {
  field: ParamField
  value: unknown
  /** Choices of this one that can't be made at present. */
  unavailable: ExperimentDescription['unavailable']
  words: ExperimentWords
  error: ReactNode
  disabled: boolean
  onChange: (value: unknown) => void
}

export function ParamControl({ field, value, unavailable, words, error, disabled, onChange }: ParamControlProps) {
  const units = useUnits()
  const t = useTranslations('lab.unavailable')
  const helpOf = (): ReactNode => {
    const help = words.paramHelp(field.name)
    if (unavailable.length === 0) return help ?? undefined
    return (
      <>
        {help}
        {unavailable.map(({ value: option, service, reason }) => (
          <span key={option} className="mt-1 block">
            {t(reason, { choice: words.option(field.name, option), setting: SERVICE_SETTINGS[service] })}
          </span>
        ))}
      </>
    )
  }
  const frame = {
    label: words.paramLabel(field.name),
    help: helpOf(),
    error: error ?? undefined,
    name: field.name,
    disabled,
  }
  const choices = (options: readonly string[]) =>
    options.map((option) => ({
      value: option,
      label: words.option(field.name, option),
      swatch: strategySwatch(option),
      disabled: unavailable.some((one) => one.value === option),
    }))

  switch (field.control) {
    case 'switch':
      return <Switch {...frame} checked={value === true} onChange={onChange} />
    case 'choices':
      return <ChoiceGroup {...frame} choices={choices(field.options)} value={asText(value)} onChange={onChange} />
    case 'select':
      return <Select {...frame} options={choices(field.options)} value={asText(value)} onChange={onChange} />
    case 'many-choices':
      return (
        <ChoiceGroup
          {...frame}
          multiple
          choices={choices(field.options)}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
        />
      )
    case 'text':
      return (
        <TextField
          {...frame}
          value={asText(value)}
          maxLength={field.maxLength ?? undefined}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'sweep':
      return <SweepField {...frame} field={field} value={value} words={words} onChange={onChange} />
    case 'seed':
      return <SeedField {...frame} value={asNumber(value)} min={field.min} max={field.max} onChange={onChange} />
    case 'slider':
      return (
        <Slider
          {...frame}
          min={field.min ?? 0}
          max={field.max ?? 100}
          step={field.step ?? (field.integer ? 1 : 0.01)}
          scale={field.scale}
          value={asNumber(value) ?? field.min ?? 0}
          format={(number) => units.amount(number, field.unit)}
          onChange={onChange}
        />
      )
    default:
      return (
        <NumberField
          {...frame}
          unit={units.name(field.unit) ?? undefined}
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          step={field.step ?? (field.integer ? 1 : 'any')}
          nullable={field.nullable}
          value={asNumber(value)}
          onChange={onChange}
        />
      )
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const asNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
