/** Units that a parameter's schema names, in the reader's language: 'workers', and '1 worker'. */
'use client'

import { useTranslations } from 'next-intl'
import { useQuantity } from '../charts/use-quantity.ts'

export interface Units {
  /** null for none. */
  name(unit: string | null): string | null
  amount(value: number, unit: string | null): string
}

export function useUnits(): Units {
  const t = useTranslations('units')
  const quantity = useQuantity()
  const name = (unit: string | null): string | null => {
    if (unit === null) return null
    const key = unit as Parameters<typeof t>[0]
    return t.has(key) ? t(key, { value: '', count: 0 }) : unit
  }
  return {
    name,
    amount: (value, unit) => {
      if (unit === null) return quantity.number(value)
      if (unit === 'share') return quantity.percent(value)
      const key = `amounts.${unit}` as Parameters<typeof t>[0]
      return t.has(key) ? t(key, { value: '', count: value }) : `${quantity.number(value)} ${name(unit)}`
    },
  }
}
