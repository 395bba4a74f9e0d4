/** What the two set-ups of a pair were, in the words and units of their experiment, without what the pair decides for both. */
'use client'

import { useMemo } from 'react'
import { type JsonSchema, type ParamValues, readFields } from '../../lib/client/param-fields.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import { onceOf } from '../../lib/experiments/pair-round.ts'
import { ComparedParams } from './compared-params.tsx'
import { useExperimentWords } from './use-experiment-words.ts'

export interface PairSetUpsProps {
  /** The pair's own. */
  params: ParamValues
  description: ExperimentDescription
}

/** A run that was stored before sides were stored whole says what its request said. */
const sideOf = (value: unknown, defaults: ParamValues): ParamValues => ({
  ...defaults,
  ...(typeof value === 'object' ? value : null),
})

export function PairSetUps({ params, description }: PairSetUpsProps) {
  const words = useExperimentWords(description.id)
  const pairWords = useExperimentWords('pair')
  const fields = useMemo(() => {
    const all = readFields(description.params as JsonSchema)
    const once = onceOf(all.map(({ name }) => name))
    return all.filter(({ name }) => !(name in once))
  }, [description])
  return (
    <ComparedParams
      headers={{ a: pairWords.paramLabel('a'), b: pairWords.paramLabel('b') }}
      fields={fields}
      a={sideOf(params.a, description.defaults)}
      b={sideOf(params.b, description.defaults)}
      words={words}
    />
  )
}
