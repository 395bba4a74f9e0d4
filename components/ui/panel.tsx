/** A raised surface with an optional title line: what belongs together on a page. `flush` leaves the padding to the content. */
import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

export interface PanelProps {
  title?: ReactNode
  /** A sentence under the title. */
  description?: ReactNode
  /** Buttons at the end of the title line. */
  actions?: ReactNode
  /** The title's level, so that headings keep their order on the page. */
  level?: 2 | 3 | 4
  flush?: boolean
  id?: string
  className?: string
  children?: ReactNode
}

export function Panel({ title, description, actions, level = 2, flush = false, id, className, children }: PanelProps) {
  // Of its own, because two of the same panel may stand side by side.
  const titleId = useId()
  const Heading = `h${level}` as const
  const headed = title !== undefined || actions !== undefined
  return (
    <section
      id={id}
      aria-labelledby={title ? titleId : undefined}
      className={classes('min-w-0 rounded-lg border border-line bg-raised', className)}
    >
      {headed && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4 sm:px-6 sm:pt-5">
          <div className="min-w-0">
            {title && (
              <Heading id={titleId} className="text-lg">
                {title}
              </Heading>
            )}
            {description && <p className="mt-1 text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? (headed ? 'mt-4' : undefined) : 'px-5 py-4 sm:px-6 sm:py-5'}>{children}</div>
    </section>
  )
}
