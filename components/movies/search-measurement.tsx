/** What the search took: elapsed time in large figures and the waterfall of its requests. Keeps its room while searching. */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { MovieSearchResponse } from '../../lib/contract/movie.ts'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { RequestWaterfall } from './request-waterfall.tsx'

export interface SearchMeasurementProps {
  answer: MovieSearchResponse | undefined
  busy: boolean
  onAgain: () => Promise<unknown>
}

export function SearchMeasurement({ answer, busy, onAgain }: SearchMeasurementProps) {
  const t = useTranslations('movies.execution')
  const format = useFormatter()
  return (
    <div className="flex min-h-64 flex-col gap-4 border-t border-line pt-5">
      <div className="flex items-start justify-between gap-2">
        <div>
          <p className="small-label">{t('took')}</p>
          <p className={classes('text-3xl font-semibold tracking-tight', busy && 'text-faint')}>
            {answer && !busy ? format.number(answer.elapsedMs, { maximumFractionDigits: 0 }) : '–'}
            <span className="ml-1.5 text-base font-normal text-muted">{t('ms')}</span>
          </p>
        </div>
        <IconButton icon="repeat" label={t('again')} disabled={busy} onClick={() => void onAgain()} />
      </div>
      {answer && (
        <div className={classes('transition-opacity', busy && 'opacity-45')}>
          <RequestWaterfall answer={answer} />
        </div>
      )}
    </div>
  )
}
