/** Says the span or the stretch that was selected by keyboard; nothing else, so that a live run doesn't chatter. */
'use client'

import { useTranslations } from 'next-intl'
import { useStore } from 'zustand'
import { LiveRegion } from '../../ui/live-region.tsx'
import type { LaneNames } from './lane-names.ts'
import { useDescription } from './span-tooltip.tsx'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'
import { useSelectionWords } from './use-selection-words.ts'

export function TimelineAnnouncer({
  store,
  names,
  format,
}: {
  store: TimelineStore
  names: LaneNames
  format: TimelineFormat
}) {
  const t = useTranslations('timeline')
  const wordsFor = useDescription(store, names, format)
  const cursor = useStore(store, (state) => state.cursor)
  const span = cursor === null ? undefined : store.index.lanes.get(cursor.lane)?.rows[cursor.row]?.span(cursor.i)
  const byKeys = useStore(store, (state) => state.rangeAnchor !== null)
  const selection = useSelectionWords(store, format)
  if (byKeys && selection !== null) {
    const sums = selection.sums.length > 0 ? selection.sums.map(({ text }) => text) : [t('selectedNothing')]
    return <LiveRegion>{[selection.title, ...sums].join(', ')}</LiveRegion>
  }
  const described = cursor === null || span === undefined ? null : wordsFor({ type: 'span', place: cursor, span })
  if (described === null) return <LiveRegion>{''}</LiveRegion>
  const kind = described.kind === null ? [] : [t(`kinds.${described.kind}`)]
  const rest = described.rows.map((row) => `${row.label}: ${row.value}`)
  return <LiveRegion>{[described.title, ...kind, ...rest].join(', ')}</LiveRegion>
}
