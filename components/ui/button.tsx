/**
 * A button, and the same look for a link (`buttonClasses`), so that what goes elsewhere stays an <a>.
 * One `primary` a view; `busy` keeps the width and says so to screen readers.
 */
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-raised text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-raised text-negative border-line-strong hover:bg-negative-soft',
}

const SIZES: Record<ButtonSize, string> = {
  sm: 'min-h-8 px-3 py-1 text-sm leading-tight gap-1.5',
  md: 'min-h-10 px-4 py-1.5 text-base leading-tight gap-2',
  lg: 'min-h-12 px-6 py-2 text-base leading-tight gap-2.5',
}

export const buttonClasses = (variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', extra?: string): string =>
  classes(
    'inline-flex items-center justify-center rounded-md border text-center font-medium no-underline select-none transition-colors',
    'disabled:opacity-50 aria-disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
    extra,
  )

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: IconName
  busy?: boolean
  children: ReactNode
}

export function Button({
  variant,
  size,
  icon,
  busy = false,
  children,
  className,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={buttonClasses(variant, size, className)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
