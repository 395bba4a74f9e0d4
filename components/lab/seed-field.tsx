/** The seed of what is random in a run: the same seed repeats the same order. A button draws another. */
'use client'

import { useTranslations } from 'next-intl'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField, type NumberFieldProps } from '../ui/number-field.tsx'

export interface SeedFieldProps extends Omit<NumberFieldProps, 'min' | 'max' | 'step'> {
  min: number | null
  max: number | null
}

/** Short enough to be read out in a classroom. */
const DRAWN_BELOW = 10_000

export function SeedField({ min, max, onChange, ...field }: SeedFieldProps) {
  const t = useTranslations('lab')
  const draw = (): void => onChange(Math.floor(Math.random() * Math.min(max ?? DRAWN_BELOW, DRAWN_BELOW)))
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <NumberField {...field} min={min ?? undefined} max={max ?? undefined} step={1} onChange={onChange} />
      </div>
      <IconButton
        icon="repeat"
        label={t('drawSeed')}
        onClick={draw}
        disabled={field.disabled}
        className="mt-[1.6875rem]"
      />
    </div>
  )
}
