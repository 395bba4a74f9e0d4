/** Which flow of a sweep the figures of the whole result belong to, as a sentence; null where there was one flow only. */
'use client'

import { useTranslations } from 'next-intl'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer-result.ts'

export const useShownFlow = (result: ProducerConsumerResult | null): string | null => {
  const t = useTranslations('experiments.producer-consumer.charts')
  if (!result?.sweep) return null
  const value = Number(result.shown.key.split('×')[1])
  return t('sweepShown', { param: result.sweep.param, value })
}
