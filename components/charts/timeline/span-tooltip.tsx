/** What is under the pointer, or the span chosen by keyboard: name, kind, duration, start, lane. Never under the pointer itself. */
'use client'

import { useTranslations } from 'next-intl'
import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import type { SpanKind } from '#lib/contract/trace.ts'
import { boxOf } from './draw-overlay.ts'
import { type Hit, hitTest } from './hit-test.ts'
import { KindSwatch } from './kind-swatch.tsx'
import type { LaneNames } from './lane-names.ts'
import { addRow, emptySummary } from './lane-summary.ts'
import { kindOf } from './span-kinds.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'

export interface Described {
  title: string
  kind: SpanKind | null
  rows: { label: string; value: string; kind?: SpanKind }[]
}

/** The words for a hit, for the tooltip and for the live region alike. */
export function useDescription(
  store: TimelineStore,
  names: LaneNames,
  format: TimelineFormat,
): (hit: Hit) => Described | null {
  const t = useTranslations('timeline')
  return (hit) => {
    if (hit.type === 'counter') {
      const counter = store.index.counters.get(hit.id)
      const value = counter?.valueAt(hit.at)
      if (counter === undefined || value === null || value === undefined) return null
      return {
        title: names.counter(counter.name),
        kind: null,
        rows: [
          { label: t('value'), value: format.number(value) },
          { label: t('at'), value: format.moment(hit.at) },
        ],
      }
    }
    if (hit.type === 'column') {
      const row = store.index.lanes.get(hit.lane)?.rows[hit.row]
      if (row === undefined) return null
      const summary = emptySummary()
      addRow(summary, row, row.start(hit.i), row.end(hit.j - 1))
      return {
        title: t('spansHere', { count: hit.j - hit.i }),
        kind: null,
        rows: summary.busy.flatMap((busy, code) =>
          busy > 0 ? [{ label: t(`kinds.${kindOf(code)}`), value: format.duration(busy), kind: kindOf(code) }] : [],
        ),
      }
    }
    const span = store.index.spanAt(hit.span)
    const lane = store.index.lanes.get(hit.place.lane)?.lane
    if (span === undefined || lane === undefined) return null
    const round = span.round
    return {
      title: names.span(span.name),
      kind: span.kind,
      rows: [
        { label: t('duration'), value: format.duration(span.duration) },
        // On the clock that the ruler shows: where starts are lined up, that of the group.
        { label: t('start'), value: format.moment(span.start - (store.windowOf(lane.group)?.offset ?? 0)) },
        { label: t('lane'), value: `${names.group(lane.group)} · ${names.lane(lane)}` },
        ...(round === undefined
          ? []
          : [
              {
                label: t('round', { unit: names.unit }),
                value: round < 0 ? t('warmUpNumber', { number: -round }) : format.number(round + 1),
              },
            ]),
      ],
    }
  }
}

/** Beside the point, on the side with more room; where neither has enough, across the whole width. */
function sideways(x: number, wide: number, rem: number): CSSProperties {
  if (wide < 32 * 16 * rem) return { left: 4, width: 'auto', maxWidth: wide - 8 }
  return x > wide / 2 ? { right: Math.max(4, wide - x + 14) } : { left: x + 14 }
}

export function SpanTooltip({
  store,
  names,
  format,
  gutter,
  scrollTop,
}: {
  store: TimelineStore
  names: LaneNames
  format: TimelineFormat
  gutter: number
  scrollTop: () => number
}) {
  const t = useTranslations('timeline')
  const hover = useStore(store, (state) => state.hover)
  const cursor = useStore(store, (state) => state.cursor)
  const size = useStore(store, (state) => state.size)
  const view = useStore(store, (state) => (state.hover !== null || state.cursor !== null ? state.view : null))
  const wordsFor = useDescription(store, names, format)
  if (view === null) return null

  const scene = store.scene()
  let hit: Hit | null = null
  let at = hover
  if (hover !== null) hit = hitTest(scene, hover.x, hover.y)
  else if (cursor !== null) {
    const span = store.index.lanes.get(cursor.lane)?.rows[cursor.row]?.span(cursor.i)
    const box = boxOf(scene, cursor)
    if (span !== undefined && box !== null) {
      hit = { type: 'span', place: cursor, span }
      at = { x: Math.min(size.pixels - 8, Math.max(0, box.x) + Math.min(box.width, 80)), y: box.y + box.height }
    }
  }
  const described = hit === null ? null : wordsFor(hit)
  if (described === null || at === null) return null

  const y = at.y - scrollTop()
  const below = y < size.room * 0.55
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 w-max max-w-[min(20rem,80%)] rounded-md border border-line bg-raised px-3 py-2 text-sm text-ink shadow-floating"
      style={{
        ...sideways(gutter + at.x, gutter + size.pixels, size.rem),
        ...(below ? { top: y + 14 } : { bottom: Math.max(4, size.room - y + 14) }),
      }}
    >
      <p className="font-semibold [overflow-wrap:anywhere]">{described.title}</p>
      {described.kind !== null && (
        <p className="flex items-center gap-1.5 text-muted">
          <KindSwatch kind={described.kind} /> {t(`kinds.${described.kind}`)}
        </p>
      )}
      <dl className="figures mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {described.rows.map((row) => (
          <div key={row.label} className="contents">
            <dt className="flex items-center gap-1.5 text-faint">
              {row.kind !== undefined && <KindSwatch kind={row.kind} />}
              {row.label}
            </dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
