/**
 * The frame of one of the three pictures: which lab it comes from, what it says in one sentence, the drawing in a box that keeps its
 * height whatever comes, and where it was measured. An empty one says how to fill it.
 */

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '../../lib/i18n/navigation.ts'
import { Badge } from '../ui/badge.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'

export interface PictureCardProps {
  experiment: string
  name: string
  /** What came out; where nothing did yet, the question that the picture will answer. */
  sentence: string
  /** null before the first result. */
  children: ReactNode | null
  /** Of the run that is going: 0–1, or null while it can't be told. */
  progress?: number | null
  /** What stands at the end: when it was measured, or what became of the last try. */
  note: ReactNode
}

export function PictureCard({ experiment, name, sentence, children, progress, note }: PictureCardProps) {
  const t = useTranslations('dashboard')
  const live = progress !== undefined
  return (
    <article
      aria-label={name}
      className="grid min-w-0 grid-rows-[auto_1fr_auto] gap-y-5 rounded-lg border border-line bg-raised px-5 py-5 sm:px-6 lg:row-span-3 lg:grid-rows-subgrid"
    >
      <header className="flex flex-col gap-1.5 lg:min-h-24">
        <div className="flex min-h-6 items-center justify-between gap-3">
          <Link
            href={`/labs/${experiment}`}
            prefetch={false}
            className="text-sm font-medium text-faint underline-offset-4 hover:text-ink hover:underline"
          >
            {name}
          </Link>
          {live && <Badge tone="accent">{t('live')}</Badge>}
        </div>
        <h3 className="text-xl">{sentence}</h3>
      </header>
      <div className="flex min-h-64 flex-col">
        {children ?? (
          <div className="flex flex-1 items-center justify-center rounded-md border border-dashed border-line px-6 text-center text-sm text-faint">
            {t('empty')}
          </div>
        )}
      </div>
      <footer className="mt-auto flex min-h-10 flex-col justify-end text-xs text-faint">
        {live ? <ProgressBar value={progress} label={t('measuring')} ariaLabel={`${name}: ${t('measuring')}`} /> : note}
      </footer>
    </article>
  )
}
