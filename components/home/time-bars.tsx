/** The strategies on one axis: a bar to the median, its 95% interval, the model's mark, and the figures in words beside each. */
'use client'

import { useTranslations } from 'next-intl'
import { timeUnitFor } from '../charts/axis-scale.ts'
import { colourOf } from '../charts/chart-theme.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { TimeBar } from './dashboard-pictures.ts'

export interface TimeBarsProps {
  bars: readonly TimeBar[]
  labelOf: (key: string) => string
}

export function TimeBars({ bars, labelOf }: TimeBarsProps) {
  const t = useTranslations('dashboard')
  const quantity = useQuantity()
  const longest = Math.max(
    ...bars.map(({ medianMs, ci95Ms, modelMs }) => Math.max(medianMs, ci95Ms?.[1] ?? 0, modelMs ?? 0)),
  )
  const unit = timeUnitFor(longest)
  const at = (ms: number): string => `${(Math.min(1, ms / longest) * 100).toFixed(2)}%`
  return (
    <ul className="flex flex-col gap-4">
      {bars.map((bar, index) => (
        <li key={bar.key} className="flex flex-col gap-1.5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{labelOf(bar.key)}</span>
            <span className="figures ml-auto text-sm whitespace-nowrap text-muted">
              {bar.speedup !== null && <>{quantity.times(bar.speedup)} · </>}
              <span className="font-semibold text-ink">{quantity.time(bar.medianMs, unit)}</span>
            </span>
          </div>
          <div aria-hidden="true" className="relative h-4">
            <div className="absolute inset-x-0 top-0 h-3 rounded-[3px] bg-sunken" />
            <div
              className="absolute top-0 left-0 h-3 rounded-[3px] motion-safe:transition-[width]"
              style={{ width: at(bar.medianMs), background: colourOf(bar.key, index) }}
            />
            {bar.modelMs !== null && (
              <div
                className="absolute -top-1 h-5 border-l-2 border-dashed"
                style={{ left: `calc(${at(bar.modelMs)} - 1px)`, borderColor: 'var(--model)' }}
              />
            )}
            {bar.ci95Ms && (
              <div
                className="absolute top-4 h-1 border-x-2 border-t-2 border-ink"
                style={{ left: at(bar.ci95Ms[0]), width: `calc(${at(bar.ci95Ms[1] - bar.ci95Ms[0])} + 1px)` }}
              />
            )}
          </div>
        </li>
      ))}
      <li className="text-xs text-faint">
        {bars.some(({ modelMs }) => modelMs !== null) ? t('timeLegend') : t('timeLegendLive')}
      </li>
    </ul>
  )
}
