/** Something the reader should know: a notice, a warning, a failure with what to do. `live` announces it when it appears. */
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

export type AlertTone = 'info' | 'positive' | 'caution' | 'negative'

const TONES: Record<AlertTone, { frame: string; mark: string; icon: IconName }> = {
  info: { frame: 'border-line bg-raised', mark: 'text-muted', icon: 'info' },
  positive: { frame: 'border-transparent bg-positive-soft', mark: 'text-positive', icon: 'check' },
  caution: { frame: 'border-transparent bg-caution-soft', mark: 'text-caution', icon: 'warning' },
  negative: { frame: 'border-transparent bg-negative-soft', mark: 'text-negative', icon: 'error' },
}

export interface AlertProps {
  tone?: AlertTone
  title?: ReactNode
  children?: ReactNode
  /** Buttons under the text. */
  actions?: ReactNode
  live?: boolean
  className?: string
}

export function Alert({ tone = 'info', title, children, actions, live = false, className }: AlertProps) {
  const { frame, mark, icon } = TONES[tone]
  return (
    <div
      role={live ? (tone === 'negative' ? 'alert' : 'status') : undefined}
      className={classes('flex gap-3 rounded-md border px-4 py-3 text-sm', frame, className)}
    >
      <span className={classes('mt-px', mark)}>
        <Icon name={icon} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1 wrap-anywhere">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-muted">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
