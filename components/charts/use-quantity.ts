/**
 * Numbers with their units in the reader's language: times, speed-ups, shares, counts. One unit for the times of one chart,
 * so that they can be compared by looking.
 */
'use client'

import { type NumberFormatOptions, useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { MS_PER_UNIT, type TimeUnit, timeUnitFor } from './axis-scale.ts'

export interface Quantity {
  /** '312 ms', or in the unit given. */
  time(ms: number, unit?: TimeUnit): string
  /** The number alone, for an axis or a column that names the unit; `digits` after the point where they stand under each other. */
  timeNumber(ms: number, unit: TimeUnit, digits?: number): string
  timeUnit(unit: TimeUnit): string
  /** How long something takes, for people: '12 s', '1 min 20 s'. */
  span(ms: number): string
  number(value: number): string
  percent(share: number): string
  /** '5.9×'. */
  times(value: number): string
  bytes(value: number): string
}

export function useQuantity(): Quantity {
  const format = useFormatter()
  const t = useTranslations('units')
  return useMemo(() => {
    const timeNumber = (ms: number, unit: TimeUnit, digits?: number): string =>
      format.number(
        ms / MS_PER_UNIT[unit],
        digits === undefined
          ? digitsFor(ms / MS_PER_UNIT[unit])
          : { minimumFractionDigits: digits, maximumFractionDigits: digits },
      )
    const withUnit = (value: number, unit: string, options: NumberFormatOptions = {}): string =>
      format.number(value, { style: 'unit', unit, unitDisplay: 'short', ...options })
    return {
      time: (ms, unit = timeUnitFor(ms)) => withUnit(ms / MS_PER_UNIT[unit], unit, digitsFor(ms / MS_PER_UNIT[unit])),
      timeNumber,
      timeUnit: (unit) => t(unit),
      span: (ms) => {
        const seconds = Math.max(1, Math.round(ms / 1000))
        if (seconds < 60) return withUnit(seconds, 'second')
        const rest = seconds % 60
        return [withUnit(Math.floor(seconds / 60), 'minute'), rest > 0 && withUnit(rest, 'second')]
          .filter(Boolean)
          .join(' ')
      },
      number: (value) => format.number(value, digitsFor(value)),
      percent: (share) => format.number(share, { style: 'percent', maximumFractionDigits: 1 }),
      times: (value) => t('times', { value: format.number(value, digitsFor(value)) }),
      bytes: (value) => withUnit(value / 1e9, 'gigabyte', { maximumFractionDigits: 1 }),
    }
  }, [format, t])
}

/** How many digits after the point suit a whole column of numbers up to `largest`. */
export const columnDigits = (largest: number): number => (largest >= 1000 ? 0 : largest >= 10 ? 1 : 2)

/** Three digits that mean something, and never a fraction where there are hundreds. */
const digitsFor = (value: number): NumberFormatOptions => {
  const size = Math.abs(value)
  return { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 }
}
