/** Text for screen readers only. */
import type { ReactNode } from 'react'

export function VisuallyHidden({ children, as: Tag = 'span' }: { children: ReactNode; as?: 'span' | 'h2' | 'div' }) {
  return <Tag className="sr-only">{children}</Tag>
}
