/**
 * All runs of this server, newest first: filtered by experiment and state, a page at a time, to be opened, repeated, compared or
 * deleted.
 */
'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { flushSync } from 'react-dom'
import { usePendingDeletes } from '../../lib/client/pending-deletes.ts'
import { useRuns } from '../../lib/client/use-runs.ts'
import type { RunSummary } from '../../lib/contract/run.ts'
import { RUN_STATUSES, type RunStatus } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { ProblemAlert, useErrorText } from '../shell/problem-alert.tsx'
import { Button, buttonClasses } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { CompareBar } from './compare-bar.tsx'
import { RunRow, rowLinkId } from './run-row.tsx'
import { useComparing } from './use-comparing.ts'

export interface RunsHistoryProps {
  experiments: readonly { id: string; name: string }[]
}

const ALL = ''
const UNDO_MS = 8_000

export function RunsHistory({ experiments }: RunsHistoryProps) {
  const t = useTranslations('runs')
  const toast = useToast()
  const errorText = useErrorText()
  const router = useRouter()
  const search = useSearchParams()
  const experiment = experiments.find(({ id }) => id === search.get('experiment'))?.id ?? null
  const status = RUN_STATUSES.find((one) => one === search.get('status')) ?? null
  const { runs, problem, isLoading, isLoadingMore, hasMore, loadMore, refresh } = useRuns({ experiment, status })
  const { hidden, hide, restore, settle } = usePendingDeletes()
  const comparing = useComparing(hidden)

  const filter = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    if (value === ALL) next.delete(name)
    else next.set(name, value)
    router.replace(`?${next}`, { scroll: false })
  }
  const shown = runs.filter((run) => !hidden.has(run.id))
  const remove = (run: RunSummary): void => {
    focusNeighbour(shown, run)
    hide(run.id)
    toast({
      message: t('deleted'),
      durationMs: UNDO_MS,
      action: {
        label: t('undo'),
        onAct: () => {
          // Drawn before it can take the focus.
          flushSync(() => restore(run.id))
          focusOn(run)
        },
      },
      onGone: () => {
        void settle(run.id).then((failed) => {
          if (failed) toast({ message: errorText(failed.code) })
          else void refresh()
        })
      },
    })
  }
  const filtered = experiment !== null || status !== null
  return (
    // As high as the view, so that the foot of the page doesn't move when the list arrives.
    <div className="flex min-h-dvh flex-col gap-6">
      <div className="grid max-w-xl grid-cols-1 gap-4 sm:grid-cols-2">
        <Select
          label={t('experiment')}
          value={experiment ?? ALL}
          options={[
            { value: ALL, label: t('anyExperiment') },
            ...experiments.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => filter('experiment', value)}
        />
        <Select
          label={t('state')}
          value={status ?? ALL}
          options={[
            { value: ALL, label: t('anyState') },
            ...RUN_STATUSES.map((one: RunStatus) => ({ value: one, label: t(`status.${one}`) })),
          ]}
          onChange={(value) => filter('status', value)}
        />
      </div>
      {problem && <ProblemAlert problem={problem} onRetry={() => void refresh()} />}
      {isLoading && <RunsSkeleton />}
      {!isLoading && !problem && shown.length === 0 && (
        <EmptyState
          icon="list"
          title={filtered ? t('noneFiltered') : t('none')}
          actions={
            filtered ? (
              <Button onClick={() => router.replace('?', { scroll: false })}>{t('showAll')}</Button>
            ) : (
              <Link href="/labs" className={buttonClasses('primary')}>
                {t('toLabs')}
              </Link>
            )
          }
        >
          {filtered ? null : t('noneAbout')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <div className="rounded-lg border border-line bg-raised">
          <CompareBar comparing={comparing} />
          <ul className="divide-y divide-line" aria-label={t('list')}>
            {shown.map((run) => (
              <RunRow key={run.id} run={run} comparing={comparing} onDelete={remove} />
            ))}
          </ul>
        </div>
      )}
      {hasMore && (
        <Button className="self-center" busy={isLoadingMore} onClick={loadMore}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

/** The row that the focus moves to when this one goes: the one below, above the last. */
const focusNeighbour = (runs: readonly RunSummary[], run: RunSummary): void => {
  const at = runs.indexOf(run)
  focusOn(runs[at + 1] ?? runs[at - 1])
}

const focusOn = (run: RunSummary | undefined): void =>
  document.getElementById(run ? rowLinkId(run.id) : 'content')?.focus()

function RunsSkeleton() {
  return (
    <div className="flex flex-col gap-px" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((place) => (
        <Skeleton key={place} className="h-20 rounded-md" />
      ))}
    </div>
  )
}
