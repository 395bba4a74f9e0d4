/** Two runs of one experiment side by side, named in the address as `a` and `b`; where one is missing, it says which. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { experimentWords } from '#components/lab/experiment-words.ts'
import { LabMessages } from '#components/lab/lab-messages.tsx'
import { CompareRuns } from '#components/runs/compare-runs.tsx'
import { buttonClasses } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { describeExperiment } from '#lib/experiments/describe-experiment.ts'
import { measureAlike } from '#lib/experiments/pair.ts'
import { findExperiment } from '#lib/experiments/registry.ts'
import { Link } from '#lib/i18n/navigation.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { readRun } from '#lib/runs/read-run.ts'

interface ComparePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('runs.comparing')
  return { title: t('title') }
}

export default async function ComparePage({ searchParams }: ComparePageProps) {
  const t = await getTranslations()
  const { a, b } = await searchParams
  const first = typeof a === 'string' ? readRun(a) : null
  const second = typeof b === 'string' ? readRun(b) : null
  if (!first || !second) {
    const side = first ? 'b' : second ? 'a' : 'both'
    return (
      <div className="flex flex-col gap-8 pt-8">
        <h1 className="text-3xl">{t('runs.comparing.title')}</h1>
        <EmptyState
          icon="warning"
          title={t('runs.comparing.missing', { side })}
          actions={
            <Link href="/runs" className={buttonClasses('primary')}>
              {t('runs.comparing.choose')}
            </Link>
          }
        >
          {t('runs.comparing.missingAbout')}
        </EmptyState>
      </div>
    )
  }
  const experiment = findExperiment(first.run.experiment)
  if (experiment === null || experiment.listed === false) notFound()
  const words = experimentWords(t, experiment.id)
  const comparable = first.run.experiment === second.run.experiment
  return (
    <LabMessages experiments={[experiment.id]}>
      <header className="flex flex-col gap-2 pt-8 pb-8">
        <p className="text-sm text-faint">
          <Link href={`/labs/${experiment.id}`} className="underline-offset-4 hover:underline">
            {words.name}
          </Link>
        </p>
        <h1 className="text-3xl">{t('runs.comparing.title')}</h1>
      </header>
      {comparable ? (
        <CompareRuns
          key={`${first.run.id} ${second.run.id}`}
          a={first}
          b={second}
          measureAlike={measureAlike(experiment, first.run.params, second.run.params)}
          description={describeExperiment(experiment, currentServer().machine)}
        />
      ) : (
        <EmptyState
          icon="warning"
          title={t('runs.comparing.different')}
          actions={
            <Link href="/runs" className={buttonClasses('primary')}>
              {t('runs.comparing.choose')}
            </Link>
          }
        >
          {t('runs.comparing.differentAbout')}
        </EmptyState>
      )}
    </LabMessages>
  )
}
