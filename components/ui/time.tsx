/**
 * A moment in the reader's time zone. Before the browser has told its zone once, the server can only write UTC; then it says so,
 * and the browser puts its own time there as soon as it may. The whole moment with its zone is in the tooltip.
 */
'use client'

import { useFormatter, useTimeZone } from 'next-intl'
import { useInBrowser } from '../../lib/client/use-in-browser.ts'
import { UTC } from '../../lib/i18n/time-zone.ts'

export interface TimeProps {
  /** ISO 8601. */
  moment: string
  dateStyle?: 'medium' | 'long'
  className?: string
}

export function Time({ moment, dateStyle = 'medium', className }: TimeProps) {
  const format = useFormatter()
  const timeZone = useInBrowser(zoneOfBrowser, useTimeZone() ?? UTC)
  const date = new Date(moment)
  const text = format.dateTime(date, { dateStyle, timeStyle: 'short', timeZone })
  return (
    <time
      dateTime={moment}
      className={className}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'long', timeZone })}
    >
      {timeZone === UTC ? `${text} ${UTC}` : text}
    </time>
  )
}

export const zoneOfBrowser = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
