/** Why a run failed, in the reader's words and in technical ones, and what can be done. */
'use client'

import { useTranslations } from 'next-intl'
import type { Run } from '../../lib/contract/run.ts'
import { useErrorText } from '../shell/problem-alert.tsx'
import { Disclosure } from '../ui/disclosure.tsx'

export function RunError({ run }: { run: Run }) {
  const t = useTranslations('lab.failure')
  const text = useErrorText()
  const code = run.error?.code ?? 'internal'
  return (
    <div className="flex max-w-prose flex-col gap-2">
      <p className="font-medium text-negative">{text(code)}</p>
      <p className="text-muted">{t(code)}</p>
      {run.error && (
        <Disclosure summary={t('detail')}>
          <p
            lang="en"
            className="rounded-md bg-sunken px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-muted"
          >
            {run.error.message}
          </p>
        </Disclosure>
      )}
    </div>
  )
}
