/** What a lab is about and what will be seen, where no run is shown yet. */
'use client'

import { useTranslations } from 'next-intl'
import type { ExperimentWords } from './experiment-words.ts'

const STEPS = ['measure', 'compare', 'explain'] as const

export function LabIntroduction({ words }: { words: ExperimentWords }) {
  const t = useTranslations('lab.introduction')
  return (
    <section className="rounded-lg border border-dashed border-line-strong px-5 py-6 sm:px-8 sm:py-8">
      <p className="max-w-prose text-lg">{words.about}</p>
      <ol className="mt-6 grid gap-5 sm:grid-cols-3">
        {STEPS.map((step, index) => (
          <li key={step} className="flex flex-col gap-1 border-t-2 border-line pt-3">
            <span className="figures text-sm text-faint">{index + 1}</span>
            <p className="text-sm text-muted">{t(step)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
