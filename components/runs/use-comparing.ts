/** The one or two runs that the reader has ticked in the history, to see them side by side: both of one lab. */
'use client'

import { useState } from 'react'
import type { RunSummary } from '../../lib/contract/run.ts'

export interface Comparing {
  /** In the order in which they were ticked; two at most. */
  chosen: readonly RunSummary[]
  isChosen(run: RunSummary): boolean
  /** Whether it could be the second, or is one of the two. */
  canChoose(run: RunSummary): boolean
  toggle(run: RunSummary): void
  clear(): void
}

/** @param without runs that are no longer in the list: what is deleted is not chosen either */
export function useComparing(without: ReadonlySet<string>): Comparing {
  const [ticked, setTicked] = useState<readonly RunSummary[]>([])
  const chosen = ticked.filter(({ id }) => !without.has(id))
  const isChosen = (run: RunSummary): boolean => chosen.some(({ id }) => id === run.id)
  return {
    chosen,
    isChosen,
    // A pair is a comparison already.
    canChoose: (run) =>
      run.experiment !== 'pair' &&
      (isChosen(run) || (chosen.length < 2 && chosen.every(({ experiment }) => experiment === run.experiment))),
    toggle: (run) => setTicked(isChosen(run) ? chosen.filter(({ id }) => id !== run.id) : [...chosen, run]),
    clear: () => setTicked([]),
  }
}
