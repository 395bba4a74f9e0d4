/** The selected stretch in words, for the eye and for the live region alike: how long it is, and what was done in it, by kind. */
'use client'

import { useTranslations } from 'next-intl'
import { useStore } from 'zustand'
import type { SpanKind } from '#lib/contract/trace.ts'
import { selectionSums } from './selection.ts'
import { kindOf } from './span-kinds.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'
import { width } from './viewport.ts'

export interface SelectionWords {
  title: string
  /** Empty where nothing of the kinds shown was done. */
  sums: { kind: SpanKind; text: string }[]
}

export function useSelectionWords(store: TimelineStore, format: TimelineFormat): SelectionWords | null {
  const t = useTranslations('timeline')
  const range = useStore(store, (state) => state.range)
  useStore(store, (state) => state.version)
  useStore(store, (state) => state.kinds)
  if (range === null) return null
  const { busy } = selectionSums(store.scene(), range)
  return {
    title: t('selected', { duration: format.duration(width(range)) }),
    sums: busy.flatMap((micros, code) =>
      micros > 0 ? [{ kind: kindOf(code), text: `${t(`kinds.${kindOf(code)}`)} ${format.duration(micros)}` }] : [],
    ),
  }
}
