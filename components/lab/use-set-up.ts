/**
 * The parameters that the form shows, and the address of the page that reproduces them. Read from the address once; then the
 * address follows the form, a moment later, so that dragging a slider doesn't write it at every step.
 */
'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import {
  checkField,
  isVisible,
  type JsonSchema,
  type ParamField,
  type ParamValues,
  readFields,
  shownValues,
} from '../../lib/client/param-fields.ts'
import { readParams, writeParams } from '../../lib/client/params-url.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { Run } from '../../lib/contract/run.ts'

export interface SetUp {
  fields: readonly ParamField[]
  values: ParamValues
  /** Fields whose value the server would refuse. */
  wrong: readonly ParamField[]
  /** What would be sent, once the hand rests and nothing is wrong with it. */
  settled: ParamValues
  change(values: ParamValues): void
}

const SETTLES_MS = 150

const wrongFields = (fields: readonly ParamField[], values: ParamValues): ParamField[] =>
  fields.filter((field) => isVisible(field, values) && checkField(field, values[field.name]) !== null)

/** `run` is the one that the page shows beside the form; its parameters are what the form begins with. */
export function useSetUp(description: ExperimentDescription, run: Run | null): SetUp {
  const search = useSearchParams()
  const fields = useMemo(() => readFields(description.params as JsonSchema), [description])
  const [values, setValues] = useState<ParamValues>(() => {
    const preset = description.presets.find(({ id }) => id === search.get('preset'))
    return readParams(fields, search, { ...description.defaults, ...run?.params, ...preset?.params })
  })
  const [settled, setSettled] = useState<ParamValues>(() =>
    wrongFields(fields, values).length === 0 ? shownValues(fields, values) : description.defaults,
  )
  const address = useMemo(() => {
    const written = writeParams(fields, values, description.defaults, run?.params)
    if (run !== null) written.set('run', run.id)
    // Commas and colons are allowed in a query, and a link with them can be read.
    return written.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  }, [fields, values, description, run])
  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = address === '' ? window.location.pathname : `${window.location.pathname}?${address}`
      if (wanted !== window.location.pathname + window.location.search) window.history.replaceState(null, '', wanted)
      if (wrongFields(fields, values).length === 0) setSettled(shownValues(fields, values))
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [address, fields, values])
  return { fields, values, wrong: wrongFields(fields, values), settled, change: setValues }
}

/** Whether the address asks to start at once, which it can't when another site's page led here (lib/http/start-wish.ts); asking takes the wish out of the address, so a reload starts nothing. */
export const takeStartWish = (): boolean => {
  const address = new URL(window.location.href)
  if (address.searchParams.get('start') !== '1') return false
  address.searchParams.delete('start')
  window.history.replaceState(null, '', address)
  return true
}
