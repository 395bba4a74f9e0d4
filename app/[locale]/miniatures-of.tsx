/** The miniature of the last result of each experiment that has one, for the pages that list experiments. */
import type { ReactNode } from 'react'
import { LastResult } from '#components/lab/last-result.tsx'
import { lastRun } from '#lib/runs/last-runs.ts'

export const miniaturesOf = (ids: readonly string[]): Record<string, ReactNode> =>
  Object.fromEntries(
    ids.map((id) => {
      const last = lastRun(id)
      return [id, last && <LastResult run={last.run} headline={last.headline} />]
    }),
  )
