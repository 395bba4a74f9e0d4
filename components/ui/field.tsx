/**
 * The frame of a form control: label, unit, help and error, tied together by ids. `children` receives what the control must
 * carry so that screen readers hear all of it.
 */
import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

export interface ControlIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export interface FieldProps {
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  /** Shown beside the label: 'ms', 'tasks'. */
  unit?: ReactNode
  /** Shown at the end of the label's line: the value of a slider. */
  aside?: ReactNode
  hideLabel?: boolean
  children: (control: ControlIds) => ReactNode
}

export function Field({ label, help, error, unit, aside, hideLabel = false, children }: FieldProps) {
  const id = useId()
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between gap-3 text-sm'}>
        <label htmlFor={id} className="font-medium">
          {label}
          {unit && <span className="font-normal text-faint">, {unit}</span>}
        </label>
        {aside && <span className="figures text-muted">{aside}</span>}
      </div>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {help && (
        <p id={`${id}-help`} className="text-xs text-faint">
          {help}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** What is wrong with a field, and what is accepted. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-xs text-negative">
      <Icon name="error" size="1.2em" />
      <span>{children}</span>
    </p>
  )
}

/** The look that text-like controls share. */
export const CONTROL_CLASSES =
  'min-h-10 w-full min-w-0 rounded-md border border-line-strong bg-raised px-3 text-base text-ink transition-colors hover:border-faint aria-invalid:border-negative disabled:opacity-50'
