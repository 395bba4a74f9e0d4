/** A square button that shows an icon only; its label is read aloud and shown as the native tooltip. */
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName
  label: string
  size?: 'sm' | 'md'
  /** Given for a button that stays pressed. */
  pressed?: boolean
}

export function IconButton({
  icon,
  label,
  size = 'md',
  pressed,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={classes(
        'inline-flex items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink',
        'aria-pressed:bg-accent-soft aria-pressed:text-accent disabled:opacity-40',
        size === 'sm' ? 'size-8' : 'size-10',
        className,
      )}
    >
      <Icon name={icon} />
    </button>
  )
}
