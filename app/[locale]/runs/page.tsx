/** The history of runs. The filters stand in the address. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { experimentWords } from '#components/lab/experiment-words.ts'
import { LabMessages } from '#components/lab/lab-messages.tsx'
import { RunsHistory } from '#components/runs/runs-history.tsx'
import { experiments } from '#lib/experiments/registry.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('runs')
  return { title: t('title'), description: t('about') }
}

export default async function RunsPage() {
  const t = await getTranslations()
  const ids = Object.keys(experiments)
  return (
    <LabMessages experiments={ids}>
      <header className="flex flex-col gap-2 pt-8 pb-8">
        <h1 className="text-3xl">{t('runs.title')}</h1>
        <p className="max-w-prose text-muted">{t('runs.about')}</p>
      </header>
      <RunsHistory experiments={ids.map((id) => ({ id, name: experimentWords(t, id).name }))} />
    </LabMessages>
  )
}
