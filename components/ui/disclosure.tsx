/** Something that can be opened: the native <details>, findable by the browser's search. */
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface DisclosureProps {
  summary: ReactNode
  children: ReactNode
  open?: boolean
  className?: string
}

export function Disclosure({ summary, children, open, className }: DisclosureProps) {
  return (
    <details open={open} className={className}>
      <summary className="inline-flex min-h-9 list-none items-center gap-1.5 rounded-sm text-sm font-medium text-muted hover:text-ink [details[open]>&>svg]:rotate-90">
        <Icon name="chevron-right" size="1em" />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  )
}
