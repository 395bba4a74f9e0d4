/**
 * What can be taken away from a run: its trace in Perfetto or as a file, its samples as CSV, its link. Whatever it measured, and
 * on every screen: a run that deadlocked has no samples, but a trace worth looking at. One that never began has its link alone.
 */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { openInPerfetto } from '../../lib/client/open-in-perfetto.ts'
import { csvPath, tracePath } from '../../lib/client/run-actions.ts'
import type { Run } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { getPathname } from '../../lib/i18n/navigation.ts'
import { Button, buttonClasses } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { useToast } from '../ui/toast.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface RunExportsProps {
  run: Run
  words: ExperimentWords
}

export function RunExports({ run, words }: RunExportsProps) {
  const t = useTranslations('lab.exports')
  const locale = useLocale()
  const toast = useToast()
  const ended = hasEnded(run.status)
  const measured = ended && run.startedAt !== null
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
  return (
    <Panel id="exports" title={t('title')} description={ended ? undefined : t('later')} className="print:hidden">
      <div className="flex flex-wrap gap-2">
        {measured && (
          <>
            <Button size="sm" icon="arrow-up-right" onClick={() => void perfetto()}>
              {t('openInPerfetto')}
            </Button>
            <a className={LINK} href={tracePath(run.id)} download={`interleave-${run.id}.json`}>
              <Icon name="download" />
              {t('trace')}
            </a>
            <a className={LINK} href={csvPath(run.id)} download={`interleave-${run.id}.csv`}>
              <Icon name="download" />
              {t('csv')}
            </a>
          </>
        )}
        <Button size="sm" icon="link" onClick={() => void copyLink()}>
          {t('copyLink')}
        </Button>
      </div>
    </Panel>
  )
}

const LINK = buttonClasses('secondary', 'sm')
