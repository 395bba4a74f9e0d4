/** Set-ups worth trying, each a press away; the one that the form shows now is marked. */
'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { ParamValues } from '../../lib/client/param-fields.ts'
import type { ExperimentWords } from './experiment-words.ts'

export interface PresetPickerProps {
  presets: readonly { id: string; params: ParamValues }[]
  values: ParamValues
  defaults: ParamValues
  words: ExperimentWords
  disabled: boolean
  onChange: (values: ParamValues, changed: readonly string[]) => void
}

export function PresetPicker({ presets, values, defaults, words, disabled, onChange }: PresetPickerProps) {
  const t = useTranslations('lab')
  const id = useId()
  const current = presets.find(({ params }) => sameValues({ ...defaults, ...params }, values))
  const help = current && words.presetHelp(current.id)
  return (
    <fieldset className="min-w-0" aria-describedby={id}>
      <legend className="mb-2 text-sm font-medium">{t('presets')}</legend>
      <div className="flex flex-wrap gap-2">
        {presets.map(({ id: preset, params }) => (
          <button
            key={preset}
            type="button"
            aria-pressed={preset === current?.id}
            disabled={disabled}
            title={words.presetHelp(preset) ?? undefined}
            onClick={() => onChange({ ...defaults, ...params }, Object.keys(defaults))}
            className="min-h-9 rounded-full border border-line-strong px-3.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-ink disabled:opacity-50"
          >
            {words.presetLabel(preset)}
          </button>
        ))}
      </div>
      {/* Its lines are kept free, so that choosing another set-up moves nothing below. */}
      <p id={id} className="mt-2 min-h-[2.8em] text-xs text-faint">
        {help ?? t('presetsHelp')}
      </p>
    </fieldset>
  )
}

const sameValues = (a: ParamValues, b: ParamValues): boolean =>
  Object.keys({ ...a, ...b }).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
