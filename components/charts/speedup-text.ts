/** A speed-up in words: by its verdict, so that nothing is called faster that may be chance. */
import type { useTranslations } from 'next-intl'
import type { Entry } from '../../lib/contract/comparison.ts'
import type { Quantity } from './use-quantity.ts'

export const speedupText = (
  entry: Entry,
  baseline: string | null,
  t: ReturnType<typeof useTranslations<'charts'>>,
  quantity: Quantity,
): string => {
  if (entry.key === baseline) return t('baseline')
  const { value, verdict } = entry.speedup
  switch (verdict) {
    case 'faster':
      return t('timesFaster', timesOf(value, quantity))
    case 'slower':
      return t('timesSlower', timesOf(1 / value, quantity))
    case 'no-detectable-difference':
      return t('noDifference')
    default:
      return t('soFar', { times: quantity.times(value) })
  }
}

/** Stands for "no detectable difference" where there is no room for it. */
const SAME = '≈'

/** The same in few letters: nothing beside the baseline, and a bare number only where there is a verdict for it. */
export const shortSpeedup = (entry: Entry, baseline: string | null, quantity: Pick<Quantity, 'times'>): string => {
  if (entry.key === baseline) return ''
  const { value, verdict } = entry.speedup
  if (verdict === 'no-detectable-difference') return SAME
  return verdict === 'too-few-rounds' ? `${quantity.times(value)}?` : quantity.times(value)
}

/** The number as it is shown, and as it decides on the form of the word beside it. */
const timesOf = (value: number, quantity: Quantity) => ({
  times: quantity.times(value),
  number: quantity.number(value),
  count: Number(value.toFixed(2)),
})
