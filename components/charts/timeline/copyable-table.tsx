/** A table with a button that copies it as tab-separated text, as spreadsheets take it. */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { LiveRegion } from '../../ui/live-region.tsx'

export function CopyableTable({ children }: { children: ReactNode }) {
  const t = useTranslations('timeline')
  const box = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    const rows = [...(box.current?.querySelectorAll('tr') ?? [])]
    const text = rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join('\t')).join('\n')
    try {
      await navigator.clipboard.writeText(text)
      setSaid(t('table.copied'))
    } catch {
      // Refused by permission or because the page is not served securely: the rows can still be selected by hand.
      setSaid(t('table.copyFailed'))
    }
  }
  return (
    <div ref={box}>
      {children}
      <p className="mt-2 flex items-center gap-3 text-sm text-muted print:hidden">
        <Button
          size="sm"
          icon="copy"
          onClick={() => {
            void copy()
          }}
        >
          {t('table.copy')}
        </Button>
        <span>{said}</span>
      </p>
      <LiveRegion>{said}</LiveRegion>
    </div>
  )
}
