/** The kinds that occur, each a button that hides and shows its spans. One line that scrolls sideways where it must. */
'use client'

import { useTranslations } from 'next-intl'
import { useStore } from 'zustand'
import { KindSwatch } from './kind-swatch.tsx'
import { KIND_ORDER, kindCode } from './span-kinds.ts'
import type { TimelineStore } from './timeline-store.ts'

export function Legend({ store }: { store: TimelineStore }) {
  const t = useTranslations('timeline')
  const kinds = useStore(store, (state) => state.kinds)
  // The index changes in place; the version says when.
  useStore(store, (state) => state.version)
  const present = KIND_ORDER.filter((kind) => store.index.kinds & (1 << kindCode(kind)))
  return (
    <fieldset className="-mx-1 flex min-w-0 h-10 items-center gap-0.5 overflow-x-auto px-1 [scrollbar-width:none]">
      <legend className="sr-only">{t('legend')}</legend>
      {present.map((kind) => {
        const shown = (kinds & (1 << kindCode(kind))) !== 0
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={shown}
            onClick={() => store.toggleKind(kindCode(kind))}
            className="inline-flex min-h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink aria-[pressed=false]:line-through aria-[pressed=false]:opacity-60"
          >
            <KindSwatch kind={kind} />
            {t(`kinds.${kind}`)}
          </button>
        )
      })}
    </fieldset>
  )
}
