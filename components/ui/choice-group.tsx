/**
 * One of a few (radio) or some of a few (checkbox), as chips: native inputs, so arrows and space work as everywhere.
 * A choice may carry a colour: the swatch that stands for it in the charts.
 */
'use client'

import { type ReactNode, useId } from 'react'
import { FieldError } from './field.tsx'

export interface Choice<Value extends string> {
  value: Value
  label: ReactNode
  /** A CSS colour, such as 'var(--strategy-threads)'. */
  swatch?: string
  hint?: string
  disabled?: boolean
}

interface ChoiceGroupFrame<Value extends string> {
  label: ReactNode
  choices: readonly Choice<Value>[]
  help?: ReactNode
  error?: ReactNode
  name?: string
  hideLabel?: boolean
  disabled?: boolean
}

export type ChoiceGroupProps<Value extends string> = ChoiceGroupFrame<Value> &
  (
    | { multiple?: false; value: Value | null; onChange: (value: Value) => void }
    | { multiple: true; value: readonly Value[]; onChange: (value: Value[]) => void }
  )

export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { label, choices, help, error, name, hideLabel = false, disabled = false } = props
  const id = useId()
  const isOn = (value: Value): boolean => (props.multiple ? props.value.includes(value) : props.value === value)
  const choose = (value: Value, on: boolean): void => {
    if (!props.multiple) props.onChange(value)
    // In the order of the choices, so that the same set is always the same list.
    else props.onChange(choices.map((choice) => choice.value).filter((one) => (one === value ? on : isOn(one))))
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={help || error ? `${id}-notes` : undefined}>
      <legend className={hideLabel ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            title={choice.hint}
            className="inline-flex min-h-9 items-center gap-2 rounded-md border border-line-strong bg-raised px-3 text-sm transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
          >
            <input
              type={props.multiple ? 'checkbox' : 'radio'}
              className="sr-only"
              name={name ?? id}
              value={choice.value}
              checked={isOn(choice.value)}
              disabled={disabled || choice.disabled}
              onChange={(event) => choose(choice.value, event.target.checked)}
            />
            <ChoiceMark round={!props.multiple} on={isOn(choice.value)} swatch={choice.swatch} />
            {choice.label}
          </label>
        ))}
      </div>
      <div id={`${id}-notes`} className="flex flex-col gap-1.5 empty:hidden">
        {help && <p className="text-xs text-faint">{help}</p>}
        {error && <FieldError>{error}</FieldError>}
      </div>
    </fieldset>
  )
}

/** The state of a choice by its shape, not by colour alone. */
function ChoiceMark({ round, on, swatch }: { round: boolean; on: boolean; swatch?: string }) {
  const colour = swatch ?? 'var(--accent)'
  return (
    <svg viewBox="0 0 14 14" width="0.875rem" height="0.875rem" aria-hidden="true" className="shrink-0">
      <rect
        x="0.75"
        y="0.75"
        width="12.5"
        height="12.5"
        rx={round ? 6.25 : 3}
        fill={on && !round ? colour : 'none'}
        stroke={on || swatch ? colour : 'var(--line-strong)'}
        strokeWidth="1.5"
      />
      {on && round && <circle cx="7" cy="7" r="3.5" fill={colour} />}
      {on && !round && (
        <path d="m3.8 7.2 2.2 2.2 4.2-4.6" fill="none" stroke="var(--surface-raised)" strokeWidth="1.75" />
      )}
    </svg>
  )
}
