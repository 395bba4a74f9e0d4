/** What can be taken away from a run: its trace in Perfetto or as a file, its samples as CSV, its link. */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { openInPerfetto } from '../../lib/client/open-in-perfetto.ts'
import { csvPath, tracePath } from '../../lib/client/run-actions.ts'
import type { Run } from '../../lib/contract/run.ts'
import { getPathname } from '../../lib/i18n/navigation.ts'
import { Button, buttonClasses } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface RunExportsProps {
  run: Run
  words: ExperimentWords
  /** Only what concerns the timeline. */
  compact?: boolean
}

export function RunExports({ run, words, compact = false }: RunExportsProps) {
  const t = useTranslations('lab.exports')
  const locale = useLocale()
  const toast = useToast()
  const address = (): string =>
    new URL(getPathname({ href: `/runs/${run.id}`, locale }), window.location.origin).toString()

  const perfetto = async (): Promise<void> => {
    try {
      const outcome = await openInPerfetto(
        { title: `Interleave: ${words.name}`, fileName: `interleave-${run.id}.json`, url: address() },
        async () => (await fetch(tracePath(run.id))).arrayBuffer(),
      )
      if (outcome !== 'opened') toast({ message: t(`perfetto.${outcome}`), durationMs: 12_000 })
    } catch {
      toast({ message: t('perfetto.failed') })
    }
  }
  const copyLink = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address())
      toast({ message: t('linkCopied') })
    } catch {
      toast({ message: t('linkRefused', { address: address() }), durationMs: 15_000 })
    }
  }
  // On a phone the timeline's toolbar has no room; the same buttons stand under it.
  const place = compact ? 'max-sm:hidden print:hidden' : 'print:hidden'
  return (
    <>
      <Button
        className={place}
        size="sm"
        variant={compact ? 'quiet' : 'secondary'}
        icon="arrow-up-right"
        onClick={() => void perfetto()}
      >
        {t('openInPerfetto')}
      </Button>
      <a
        className={buttonClasses(compact ? 'quiet' : 'secondary', 'sm', place)}
        href={tracePath(run.id)}
        download={`interleave-${run.id}.json`}
      >
        <Icon name="download" />
        {t('trace')}
      </a>
      {!compact && (
        <>
          <a
            className={buttonClasses('secondary', 'sm', place)}
            href={csvPath(run.id)}
            download={`interleave-${run.id}.csv`}
          >
            <Icon name="download" />
            {t('csv')}
          </a>
          <Button size="sm" icon="link" className={place} onClick={() => void copyLink()}>
            {t('copyLink')}
          </Button>
        </>
      )}
    </>
  )
}
