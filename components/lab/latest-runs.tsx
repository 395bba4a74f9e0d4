/** The newest runs of all experiments, for home. */
import { useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { RunLine } from './run-line.tsx'

export function LatestRuns({ runs }: { runs: readonly RunSummary[] }) {
  const t = useTranslations('runs')
  if (runs.length === 0) return <p className="text-muted">{t('noneYet')}</p>
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {runs.map((run) => (
          <li key={run.id}>
            <RunLine run={run} named />
          </li>
        ))}
      </ul>
      <Link href="/runs" className="self-start text-sm text-accent underline-offset-4 hover:underline">
        {t('all')}
      </Link>
    </div>
  )
}
