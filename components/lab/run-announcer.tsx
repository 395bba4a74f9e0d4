/**
 * Tells screen readers what became of a run: that it waits, began, is half done, and how it ended. Nothing in between. Stands on
 * the page from the start, with or without a run: a region that appears together with its words is not heard.
 */
'use client'

import { useTranslations } from 'next-intl'
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { useErrorText } from '../shell/problem-alert.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface RunAnnouncerProps {
  run: Run | null
  words: ExperimentWords
  headline: Finding | null
}

export function RunAnnouncer({ run, words, headline }: RunAnnouncerProps) {
  const t = useTranslations('lab.announce')
  const errorText = useErrorText()
  const textOf = ({ status, position, progress: { done, total }, error }: Run): string => {
    switch (status) {
      case 'queued':
        return t('queued', { ahead: position })
      case 'running':
        return total > 0 && done * 2 >= total ? t('halfDone') : t('running')
      case 'succeeded':
        return t('succeeded', { headline: headline ? words.finding(headline) : '' })
      case 'failed':
        return t('failed', { cause: errorText(error?.code ?? 'internal') })
      default:
        return t('cancelled')
    }
  }
  return <LiveRegion>{run ? textOf(run) : ''}</LiveRegion>
}
