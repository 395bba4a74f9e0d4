/**
 * Lists of past and present runs, page after page; refreshed while one of them is still going. `loadMore` and `refresh` stay the
 * same from render to render, so an effect may depend on them without asking the server for ever.
 */
'use client'

import { useCallback, useMemo } from 'react'
import useSWRInfinite from 'swr/infinite'
import type { RunList, RunSummary } from '../contract/run.ts'
import { hasEnded, type RunStatus } from '../contract/run-status.ts'
import { type ApiProblem, apiPath } from './api.ts'
import type { ParamValues } from './param-fields.ts'

export interface RunsFilter {
  experiment?: string | null
  status?: RunStatus | null
  /** Only runs of the experiment with these parameters, or only those with others. */
  setUp?: { params: ParamValues; match: 'same' | 'different' }
  /** Runs a page; 20 unless said. */
  limit?: number
}

export interface Runs {
  runs: readonly RunSummary[]
  problem: ApiProblem | undefined
  /** The first page has not arrived. */
  isLoading: boolean
  isLoadingMore: boolean
  hasMore: boolean
  loadMore(): void
  refresh(): Promise<unknown>
}

const REFRESH_MS = 2_000

/** null as filter asks nothing. */
export function useRuns(filter: RunsFilter | null): Runs {
  const { data, error, isLoading, isValidating, size, setSize, mutate } = useSWRInfinite<RunList, ApiProblem>(
    (index, previous: RunList | null) => {
      if (filter === null || (index > 0 && !previous?.nextCursor)) return null
      const { experiment, status, setUp, limit = 20 } = filter
      return apiPath('/api/runs', {
        experiment,
        status,
        params: setUp && JSON.stringify(setUp.params),
        match: setUp?.match,
        limit,
        cursor: previous?.nextCursor,
      })
    },
    {
      revalidateFirstPage: true,
      keepPreviousData: true,
      refreshInterval: (pages: RunList[] | undefined) =>
        pages?.some((page) => page.runs.some((run) => !hasEnded(run.status))) ? REFRESH_MS : 0,
    },
  )
  const runs = useMemo(() => data?.flatMap((page) => page.runs) ?? [], [data])
  const loadMore = useCallback(() => void setSize((pages) => pages + 1), [setSize])
  const refresh = useCallback(() => mutate(), [mutate])
  return {
    runs,
    problem: error,
    isLoading,
    isLoadingMore: isValidating && data !== undefined && data.length < size,
    hasMore: Boolean(data?.at(-1)?.nextCursor),
    loadMore,
    refresh,
  }
}
