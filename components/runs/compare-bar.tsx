/**
 * What stands above the history: how many runs are picked for the comparison, and the way to it. Always there, so that picking
 * moves nothing, and in view while the list is scrolled.
 */
'use client'

import { useTranslations } from 'next-intl'
import { Link } from '../../lib/i18n/navigation.ts'
import { Button, buttonClasses } from '../ui/button.tsx'
import type { Comparing } from './use-comparing.ts'

export function CompareBar({ comparing }: { comparing: Comparing }) {
  const t = useTranslations('runs.choosing')
  const [a, b] = comparing.chosen
  return (
    <div className="sticky top-0 z-10 flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-t-lg border-b border-line bg-raised px-5 py-2.5 text-sm sm:px-6">
      <p role="status" className="min-w-0 flex-1 basis-48 text-muted">
        {t('count', { count: comparing.chosen.length })}
      </p>
      <div className="flex items-center gap-2">
        {a && (
          <Button size="sm" variant="quiet" onClick={comparing.clear}>
            {t('clear')}
          </Button>
        )}
        {a && b && (
          <Link href={`/runs/compare?a=${a.id}&b=${b.id}`} className={buttonClasses('primary', 'sm')}>
            {t('compare')}
          </Link>
        )}
      </div>
    </div>
  )
}
