/**
 * A number typed by hand. What is being typed may be unfinished ('', '-'), so the text is the field's own state and only
 * finite numbers are told; on leaving, the field shows the value it stands for.
 */
'use client'

import { useState } from 'react'
import { CONTROL_CLASSES, Field, type FieldProps } from './field.tsx'

export interface NumberFieldProps extends Omit<FieldProps, 'children'> {
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  step?: number | 'any'
  name?: string
  disabled?: boolean
  /** An empty field means null instead of being restored. */
  nullable?: boolean
  placeholder?: string
}

export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min, max, step = 'any', name, disabled, nullable = false, placeholder, ...field } = props
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="decimal"
          name={name}
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          placeholder={placeholder}
          className={CONTROL_CLASSES}
          value={typed ?? value ?? ''}
          onChange={(event) => {
            setTyped(event.target.value)
            const number = event.target.valueAsNumber
            if (Number.isFinite(number)) onChange(number)
            else if (nullable && event.target.value === '') onChange(null)
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  )
}
