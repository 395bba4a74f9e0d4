/** On or off, taking effect at once: a checkbox with the role of a switch. */
'use client'

import { type ReactNode, useId } from 'react'

export interface SwitchProps {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  help?: ReactNode
  name?: string
  disabled?: boolean
}

export function Switch({ label, checked, onChange, help, name, disabled }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label className="inline-flex min-h-9 items-center gap-3 text-sm font-medium has-disabled:opacity-50">
        <input
          type="checkbox"
          role="switch"
          name={name}
          checked={checked}
          aria-checked={checked}
          disabled={disabled}
          aria-describedby={help ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
          className="peer sr-only"
        />
        <span
          aria-hidden="true"
          className="relative h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors after:absolute after:top-1/2 after:left-0.5 after:size-3.5 after:-translate-y-1/2 after:rounded-full after:bg-faint after:transition-all peer-checked:border-accent peer-checked:bg-accent peer-checked:after:left-4.5 peer-checked:after:bg-on-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2"
        />
        {label}
      </label>
      {help && (
        <p id={id} className="text-xs text-faint">
          {help}
        </p>
      )}
    </div>
  )
}
