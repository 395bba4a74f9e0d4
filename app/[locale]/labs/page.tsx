/** All experiments, each by the question it answers, with the miniature of its last result. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ExperimentCards } from '#components/home/experiment-cards.tsx'
import { listedExperiments } from '#lib/experiments/registry.ts'
import { miniaturesOf } from '../miniatures-of.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lab.index')
  return { title: t('title'), description: t('about') }
}

export default async function LabsPage() {
  const t = await getTranslations('lab.index')
  return (
    <>
      <header className="flex flex-col gap-2 pt-8 pb-8">
        <h1 className="text-3xl">{t('title')}</h1>
        <p className="max-w-prose text-muted">{t('about')}</p>
      </header>
      <ExperimentCards level={2} ids={listedExperiments} miniatures={miniaturesOf(listedExperiments)} />
    </>
  )
}
