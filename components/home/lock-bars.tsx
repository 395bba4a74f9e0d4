/**
 * Locks under contention: how the threads' time was divided into waiting (red and hatched, as the timeline has it), holding and
 * being elsewhere, and the throughput in words; while the run goes on the throughput alone.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useQuantity } from '../charts/use-quantity.ts'
import type { LockBar } from './dashboard-pictures.ts'

const PARTS = ['waiting', 'holding', 'outside'] as const
/** Waiting is hatched as well, for who can't tell the colours apart. */
const FILLS: Record<(typeof PARTS)[number], string> = {
  waiting:
    'repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in srgb, var(--surface-raised) 45%, transparent) 4px 6px), var(--span-wait)',
  holding: 'var(--span-held)',
  outside: 'var(--span-cpu)',
}

export interface LockBarsProps {
  bars: readonly LockBar[]
  labelOf: (key: string) => string
}

export function LockBars({ bars, labelOf }: LockBarsProps) {
  const t = useTranslations('dashboard')
  const quantity = useQuantity()
  const fastest = Math.max(...bars.map(({ perSecond }) => perSecond))
  return (
    <ul className="flex flex-col gap-4">
      {bars.map(({ key, perSecond, time }) => (
        <li key={key} className="flex flex-col gap-1.5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{labelOf(key)}</span>
            <span className="figures ml-auto text-sm whitespace-nowrap text-muted">
              {time && <>{t('waited', { share: quantity.percent(Math.round(time.waiting * 100) / 100) })} · </>}
              <span className="font-semibold text-ink">{t('perSecond', { count: Math.round(perSecond) })}</span>
            </span>
          </div>
          <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-[3px] bg-sunken">
            {time ? (
              PARTS.map((part) => <div key={part} style={{ width: `${time[part] * 100}%`, background: FILLS[part] }} />)
            ) : (
              <div
                className="rounded-[3px] motion-safe:transition-[width]"
                style={{ width: `${(perSecond / fastest) * 100}%`, background: 'var(--ink-faint)' }}
              />
            )}
          </div>
        </li>
      ))}
      <li className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-faint">
        {bars.some(({ time }) => time !== null)
          ? PARTS.map((part) => (
              <span key={part} className="inline-flex items-center gap-1.5">
                <span aria-hidden="true" className="h-2.5 w-4 rounded-[2px]" style={{ background: FILLS[part] }} />
                {t(`time.${part}`)}
              </span>
            ))
          : t('locksLegendLive')}
      </li>
    </ul>
  )
}
