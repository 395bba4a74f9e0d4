/** How far something is. `value` null means under way with no end in sight. What is being done stands in the label. */
import type { ReactNode } from 'react'

export interface ProgressBarProps {
  /** 0–1, or null while it can't be told. */
  value: number | null
  label: ReactNode
  /** What remains, at the end of the line. */
  aside?: ReactNode
  /** For screen readers, where `label` is not text. */
  ariaLabel?: string
}

export function ProgressBar({ value, label, aside, ariaLabel }: ProgressBarProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span>{label}</span>
        {aside && <span className="figures text-muted">{aside}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={ariaLabel ?? (typeof label === 'string' ? label : undefined)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        {percent === undefined ? (
          <div className="progress-waiting h-full w-2/5 rounded-full bg-accent" />
        ) : (
          <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
        )}
      </div>
    </div>
  )
}
