/** A run by its permalink: drawn from the store as it was live; a run that still goes on is live here too. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { innerExperiment, runWords } from '#components/lab/experiment-words.ts'
import { LabMessages } from '#components/lab/lab-messages.tsx'
import { RunPage } from '#components/lab/run-page.tsx'
import { describeExperiment } from '#lib/experiments/describe-experiment.ts'
import { findExperiment } from '#lib/experiments/registry.ts'
import { currentServer } from '#lib/runs/current-server.ts'
import { readRun } from '#lib/runs/read-run.ts'

interface RunPageProps {
  params: Promise<{ runId: string }>
}

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const shown = readRun((await params).runId)
  if (shown === null) return {}
  const t = await getTranslations()
  const words = runWords(t, shown.run)
  const headline = shown.headline ? words.finding(shown.headline) : t(`runs.noHeadline.${shown.run.status}`)
  return {
    title: `${words.name}: ${headline}`,
    description: words.question,
    openGraph: { title: headline, description: `${words.name}. ${words.question}` },
  }
}

export default async function RunPermalink({ params }: RunPageProps) {
  const shown = readRun((await params).runId)
  if (shown === null) notFound()
  const experiment = findExperiment(shown.run.experiment)
  if (experiment === null) notFound()
  // A pair of set-ups speaks in the words of the lab that they belong to.
  const inner = findExperiment(innerExperiment(shown.run) ?? '')
  const ids = [experiment.id, inner?.id ?? []].flat()
  const { machine } = currentServer()
  return (
    <LabMessages experiments={ids}>
      <RunPage
        run={shown.run}
        headline={shown.headline}
        description={describeExperiment(experiment, machine)}
        inner={inner && describeExperiment(inner, machine)}
      />
    </LabMessages>
  )
}
