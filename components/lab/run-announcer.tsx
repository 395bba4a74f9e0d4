/** Tells screen readers what became of a run: that it waits, began, is half done, and how it ended. Nothing in between. */
'use client'

import { useTranslations } from 'next-intl'
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { useErrorText } from '../shell/problem-alert.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export function RunAnnouncer({ run, words, headline }: { run: Run; words: ExperimentWords; headline: Finding | null }) {
  const t = useTranslations('lab.announce')
  const errorText = useErrorText()
  const { done, total } = run.progress
  const text = (): string => {
    switch (run.status) {
      case 'queued':
        return t('queued', { ahead: run.position })
      case 'running':
        return total > 0 && done * 2 >= total ? t('halfDone') : t('running')
      case 'succeeded':
        return t('succeeded', { headline: headline ? words.finding(headline) : '' })
      case 'failed':
        return t('failed', { cause: errorText(run.error?.code ?? 'internal') })
      default:
        return t('cancelled')
    }
  }
  return <LiveRegion>{text()}</LiveRegion>
}
