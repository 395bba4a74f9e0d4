/**
 * A native range input, with its value in words beside the label. `scale="log"` spreads orders of magnitude evenly: the
 * thumb then moves over 200 steps and values are rounded to two significant digits.
 */
'use client'

import { Field, type FieldProps } from './field.tsx'

export interface SliderProps extends Omit<FieldProps, 'children' | 'aside'> {
  value: number
  onChange: (value: number) => void
  /** Told when the hand rests, for what is too costly to do at every step. */
  onSettle?: () => void
  min: number
  max: number
  step?: number
  scale?: 'linear' | 'log'
  /** The value in words, for the eye and for screen readers. */
  format?: (value: number) => string
  name?: string
  disabled?: boolean
}

const LOG_STEPS = 200

const positionOf = (value: number, min: number, max: number): number => {
  const low = Math.log1p(min)
  return Math.round(((Math.log1p(value) - low) / (Math.log1p(max) - low)) * LOG_STEPS)
}

const valueAt = (position: number, min: number, max: number): number => {
  if (position <= 0) return min
  if (position >= LOG_STEPS) return max
  const low = Math.log1p(min)
  const exact = Math.expm1(low + (position / LOG_STEPS) * (Math.log1p(max) - low))
  const rounded = Math.round(Number(exact.toPrecision(2)))
  return Math.min(max, Math.max(min, rounded))
}

export function Slider(props: SliderProps) {
  const {
    value,
    onChange,
    onSettle,
    min,
    max,
    step = 1,
    scale = 'linear',
    format = String,
    name,
    disabled,
    ...field
  } = props
  const log = scale === 'log'
  const filled = log ? (positionOf(value, min, max) / LOG_STEPS) * 100 : ((value - min) / (max - min)) * 100
  return (
    <Field {...field} aside={<output>{format(value)}</output>}>
      {(control) => (
        <input
          {...control}
          type="range"
          className="range"
          style={{ ['--filled' as string]: `${filled}%` }}
          name={name}
          disabled={disabled}
          min={log ? 0 : min}
          max={log ? LOG_STEPS : max}
          step={log ? 1 : step}
          value={log ? positionOf(value, min, max) : value}
          aria-valuetext={format(value)}
          onPointerUp={onSettle}
          onKeyUp={onSettle}
          onBlur={onSettle}
          onChange={(event) => {
            const position = event.target.valueAsNumber
            onChange(log ? valueAt(position, min, max) : position)
          }}
        />
      )}
    </Field>
  )
}
