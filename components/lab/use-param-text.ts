/** The value of a parameter in words, with its unit. */
'use client'

import { useTranslations } from 'next-intl'
import type { ParamField } from '../../lib/client/param-fields.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentWords } from './experiment-words.ts'
import { useUnits } from './use-units.ts'

export function useParamText(words: ExperimentWords): (field: ParamField, value: unknown) => string {
  const t = useTranslations('lab.value')
  const quantity = useQuantity()
  const units = useUnits()
  return (field, value) => {
    if (value === null || value === undefined) return t('none')
    switch (field.control) {
      case 'switch':
        return value === true ? t('on') : t('off')
      case 'many-choices':
        return Array.isArray(value)
          ? value.map((one) => words.option(field.name, String(one))).join(', ')
          : String(value)
      case 'choices':
      case 'select':
        return words.option(field.name, String(value))
      case 'sweep': {
        const { param, values } = value as { param: string; values: number[] }
        return `${words.paramLabel(param)}: ${values.map(quantity.number).join(', ')}`
      }
      case 'text':
        return String(value)
      case 'seed':
        return String(value)
      default:
        return units.amount(Number(value), field.unit)
    }
  }
}
