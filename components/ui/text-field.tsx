/** One line of text with its label. */
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { CONTROL_CLASSES, Field, type FieldProps } from './field.tsx'

export interface TextFieldProps extends Omit<FieldProps, 'children'>, Omit<ComponentProps<'input'>, 'id' | 'type'> {
  type?: 'text' | 'search' | 'url'
}

export function TextField({
  label,
  help,
  error,
  unit,
  aside,
  hideLabel,
  className,
  type = 'text',
  ...input
}: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error} unit={unit} aside={aside} hideLabel={hideLabel}>
      {(control) => <input {...input} {...control} type={type} className={classes(CONTROL_CLASSES, className)} />}
    </Field>
  )
}
