/**
 * Why the server refused a value, in the reader's language where the refusal has a code that is known here; otherwise as the
 * server put it, marked as the English that it is.
 */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { FieldError } from '../../lib/contract/problem.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentWords } from './experiment-words.ts'

export function useRefusalText(words: ExperimentWords): (error: FieldError) => ReactNode {
  const t = useTranslations('errors.refusals')
  const quantity = useQuantity()
  return ({ code = '', values = {}, message }) => {
    const key = code as Parameters<typeof t>[0]
    if (!t.has(key)) return <span lang="en">{message}</span>
    const { param, option, ...rest } = values
    const shown = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, typeof value === 'number' ? quantity.number(value) : value]),
    )
    // A parameter and one of its choices are named as the form names them.
    const named = {
      param: words.paramLabel(String(param)),
      option: words.option(String(param), String(option)),
    }
    return t(key, { min: '', max: '', value: '', limit: '', fitting: '', ...named, ...shown })
  }
}
