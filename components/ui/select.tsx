/** One of many: the native select, which phones and screen readers know best. */
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { CONTROL_CLASSES, Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SelectOption {
  value: string
  label: string
  disabled?: boolean
}

export interface SelectProps extends Omit<FieldProps, 'children'>, Omit<ComponentProps<'select'>, 'id' | 'onChange'> {
  options: readonly SelectOption[]
  onChange?: (value: string) => void
}

export function Select(props: SelectProps) {
  const { label, help, error, unit, aside, hideLabel, options, onChange, className, ...select } = props
  return (
    <Field label={label} help={help} error={error} unit={unit} aside={aside} hideLabel={hideLabel}>
      {(control) => (
        <span className="relative block">
          <select
            {...select}
            {...control}
            className={classes(CONTROL_CLASSES, 'appearance-none pr-9', className)}
            onChange={onChange && ((event) => onChange(event.target.value))}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-faint">
            <Icon name="chevron-down" size="1em" />
          </span>
        </span>
      )}
    </Field>
  )
}
