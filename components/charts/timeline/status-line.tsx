/** What is in view, what could not be drawn as itself, and the sums of the selected stretch: said, never hidden. Always of one height. */
'use client'

import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { useStore } from 'zustand'
import { IconButton } from '../../ui/icon-button.tsx'
import { KindSwatch } from './kind-swatch.tsx'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'
import { useSelectionWords } from './use-selection-words.ts'
import { width } from './viewport.ts'

function Selection({ store, format }: { store: TimelineStore; format: TimelineFormat }) {
  const t = useTranslations('timeline')
  const words = useSelectionWords(store, format)
  if (words === null) return null
  return (
    <p
      className="flex h-full items-center gap-x-3 overflow-x-auto whitespace-nowrap text-ink [scrollbar-width:none]"
      data-selection=""
    >
      <IconButton
        icon="close"
        size="sm"
        label={t('clearSelection')}
        className="-ml-2 shrink-0"
        onClick={() => store.setRange(null)}
      />
      <span className="font-medium">{words.title}</span>
      {words.sums.length === 0 && <span>{t('selectedNothing')}</span>}
      {words.sums.map(({ kind, text }) => (
        <span key={kind} className="inline-flex items-center gap-1.5">
          <KindSwatch kind={kind} />
          {text}
        </span>
      ))}
    </p>
  )
}

export function StatusLine({ store, format }: { store: TimelineStore; format: TimelineFormat }) {
  const t = useTranslations('timeline')
  const drawn = useStore(store, (state) => state.drawn)
  const selecting = useStore(store, (state) => state.range !== null)
  useStore(store, (state) => state.version)
  const view = store.getState().view
  const notes = [
    t('inView', { spans: drawn.spans + drawn.aggregated, duration: format.duration(width(view)) }),
    ...(drawn.aggregated > 0 ? [t('aggregated', { count: drawn.aggregated })] : []),
    ...(drawn.flowsLeftOut > 0 ? [t('arrowsLeftOut', { count: drawn.flowsLeftOut })] : []),
    ...(store.index.omitted > 0 ? [t('omitted', { count: store.index.omitted })] : []),
  ]
  return (
    <div className="figures h-20 shrink-0 text-xs text-faint sm:h-11 sm:text-sm lg:h-8">
      {selecting ? (
        <Selection store={store} format={format} />
      ) : (
        <p className="flex h-full flex-wrap items-center overflow-y-auto [align-content:safe_center]" data-notes="">
          {notes.map((note, position) => (
            <Fragment key={note}>
              {position > 0 && <span aria-hidden="true">&ensp;·&ensp;</span>}
              <span>{note}</span>
            </Fragment>
          ))}
        </p>
      )}
    </div>
  )
}
