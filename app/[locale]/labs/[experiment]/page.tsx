/** A lab: one page for all experiments. The address holds the set-up, and the run shown beside it as `run`. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { experimentWords } from '#components/lab/experiment-words.ts'
import { LabMessages } from '#components/lab/lab-messages.tsx'
import { LabWorkbench } from '#components/lab/lab-workbench.tsx'
import { describeExperiment } from '#lib/experiments/describe-experiment.ts'
import { findExperiment } from '#lib/experiments/registry.ts'
import { redirect } from '#lib/i18n/navigation.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { readRun } from '#lib/runs/read-run.ts'

interface LabPageProps {
  params: Promise<{ experiment: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: LabPageProps): Promise<Metadata> {
  const { experiment } = await params
  if (findExperiment(experiment) === null) return {}
  const words = experimentWords(await getTranslations(), experiment)
  return { title: words.name, description: words.question }
}

export default async function LabPage({ params, searchParams }: LabPageProps) {
  const { experiment: id } = await params
  const experiment = findExperiment(id)
  if (experiment === null) notFound()
  const { run: runId } = await searchParams
  const shown = typeof runId === 'string' ? readRun(runId) : null
  // Without a lab of its own: its runs begin where two others are compared.
  if (experiment.listed === false) redirect({ href: '/runs', locale: await getLocale() })
  const belongs = shown?.run.experiment === id ? shown : null
  const { machine, services } = currentServer()
  await services.refresh()
  const words = experimentWords(await getTranslations(), id)
  return (
    <LabMessages experiments={[id]}>
      <header className="flex flex-col gap-2 pt-8 pb-8">
        <p className="text-sm text-faint">{words.name}</p>
        <h1 className="max-w-4xl text-3xl sm:text-4xl">{words.question}</h1>
      </header>
      <LabWorkbench
        description={describeExperiment(experiment, machine, services.absent)}
        run={belongs?.run ?? null}
        headline={belongs?.headline ?? null}
      />
    </LabMessages>
  )
}
