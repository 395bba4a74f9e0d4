/**
 * The timeline of a run: what every lane did, on one clock, growing while the run goes on. Canvas for the spans, real buttons and
 * text around it, and the same figures as a table. While the run goes on its box has a fixed height, so nothing moves; afterwards it
 * is at most as high, and only as high as its lanes. "Full height" and the table grow it on request. For tests the root tells `data-from`, `data-to`, `data-visible-spans`, `data-aggregated`.
 */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Span, Trace } from '#lib/contract/trace.ts'
import { glideTo } from './glide.ts'
import { hitTest } from './hit-test.ts'
import { keepInSight } from './keep-in-sight.ts'
import { LaneLabels } from './lane-labels.tsx'
import { type RoundUnit, useLaneNames } from './lane-names.ts'
import { Legend } from './legend.tsx'
import { Minimap } from './minimap.tsx'
import type { TimelineMarker } from './picture.ts'
import { RoundControl } from './round-control.tsx'
import { savePicture } from './save-picture.ts'
import { stretchOf } from './span-stretch.ts'
import { SpanTooltip } from './span-tooltip.tsx'
import { StatusLine } from './status-line.tsx'
import { TimelineAnnouncer } from './timeline-announcer.tsx'
import { timelineFormat } from './timeline-format.ts'
import { TIMELINE_FRAMES, type TimelineHeight } from './timeline-frame.ts'
import { createTimelineStore } from './timeline-store.ts'
import { TimelineTable } from './timeline-table.tsx'
import { Toolbar } from './toolbar.tsx'
import { AXIS_HEIGHT, type Stage, useDrawing } from './use-drawing.ts'
import { type GestureHandlers, useGestures } from './use-gestures.ts'
import { useKeyboard } from './use-keyboard.ts'
import { usePalette } from './use-palette.ts'
import { useTimelineSize } from './use-timeline-size.ts'
import { width } from './viewport.ts'

export interface TimelineProps {
  trace: Trace
  /** The run goes on: the picture follows it until the reader looks elsewhere. */
  live: boolean
  title?: string
  onSelect?: (span: Span | null) => void
  /** Names a group that is no strategy; without it the key itself is shown. */
  groupLabel?: (key: string) => string
  counterLabel?: (name: string) => string
  markers?: readonly TimelineMarker[]
  /** What the experiment calls one of its repetitions; left out, a round. */
  roundUnit?: RoundUnit
  /** The height of the box before the reader asks for all of it; give the same to `TimelineSkeleton`. */
  height?: TimelineHeight
}

const NO_MARKERS: readonly TimelineMarker[] = []
/** A canvas taller than this is scrolled inside even at full height. */
const TALLEST = 4000
const SMALLEST = 120

export function Timeline(props: TimelineProps) {
  const { trace, live, onSelect, groupLabel, counterLabel, markers = NO_MARKERS } = props
  const t = useTranslations('timeline')
  const locale = useLocale()
  const id = useId()
  const title = props.title ?? t('name')
  const [store] = useState(createTimelineStore)
  const [tableShown, setTableShown] = useState(false)
  const root = useRef<HTMLElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const axis = useRef<HTMLCanvasElement>(null)
  const ruler = useRef<HTMLDivElement>(null)
  const stage = useMemo((): Stage => ({ root, scroller, lanes, overlay, axis }), [])

  const palette = usePalette(root)
  const format = useMemo(() => timelineFormat(locale), [locale])
  const names = useLaneNames(groupLabel, counterLabel, props.roundUnit ?? 'round')
  const tall = useStore(store, (state) => state.tall)
  const layout = useStore(store, (state) => state.layout)
  const room = useStore(store, (state) => state.size.room)
  const pixels = useStore(store, (state) => state.size.pixels)

  useEffect(() => store.readTrace(trace, live), [store, trace, live])

  const gutter = useTimelineSize(scroller, store, palette)
  useDrawing(stage, store, palette, format, markers, names.span)

  const placeAt = useCallback(
    (point: { x: number; y: number }) => {
      const hit = hitTest(store.scene(), point.x, point.y)
      return hit?.type === 'span' ? hit.place : null
    },
    [store],
  )
  const gestures = useMemo(
    (): GestureHandlers => ({
      onHover: (point) => store.setHover(point),
      onChoose: (point) => {
        scroller.current?.focus({ preventScroll: true })
        store.setCursor(placeAt(point))
      },
      onEnter: (point) => {
        const place = placeAt(point)
        const stretch = place === null ? null : stretchOf(store, place)
        if (stretch === null) return
        const air = Math.max(width(stretch), 1) * 0.2
        glideTo(store, { from: stretch.from - air, to: stretch.to + air })
      },
    }),
    [store, placeAt],
  )
  useGestures(scroller, store, gutter, gestures)
  useGestures(ruler, store, gutter, null)
  const onKeyDown = useKeyboard(store)

  const selected = useRef(onSelect)
  useEffect(() => {
    selected.current = onSelect
  }, [onSelect])
  useEffect(
    () =>
      store.subscribe(({ cursor }, before) => {
        if (cursor === before.cursor) return
        const row = cursor === null ? undefined : store.index.lanes.get(cursor.lane)?.rows[cursor.row]
        selected.current?.(
          cursor === null || row === undefined ? null : (store.index.spanAt(row.span(cursor.i)) ?? null),
        )
        if (cursor !== null) keepInSight(scroller.current, store, cursor.lane)
      }),
    [store],
  )

  const savePng = async (): Promise<void> => {
    if (root.current === null) return
    const words = { title, names, kind: (kind: Span['kind']) => t(`kinds.${kind}`) }
    await savePicture(
      root.current,
      { ...store.scene(), format, markers, spanName: names.span },
      words,
      store.getState().range,
    )
  }

  const empty = trace.spans.length === 0 && trace.counters.length === 0
  const hidden =
    !tall && room > 0 ? layout.blocks.filter((block) => block.type === 'lane' && block.y + 8 > room).length : 0
  const bodyHeight = tall ? Math.min(Math.max(layout.height, SMALLEST), TALLEST) : undefined
  const isFitted = !tall && !live && !empty
  const frame = TIMELINE_FRAMES[props.height ?? 'regular']
  const extent = store.index.extent
  return (
    <section ref={root} aria-label={title} data-timeline="" data-live={live} className="min-w-0">
      <div className={tall ? 'flex flex-col' : isFitted ? frame.fitted : frame.fixed}>
        <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-4">
          <h3 className="mr-auto truncate text-lg">{title}</h3>
          <RoundControl store={store} unit={names.unit} />
          <Toolbar
            store={store}
            tableShown={tableShown}
            onToggleTable={() => setTableShown((shown) => !shown)}
            onSavePng={() => {
              void savePng()
            }}
          />
        </div>
        <Legend store={store} />
        <Minimap store={store} palette={palette} format={format} gutter={gutter} />
        <div
          ref={ruler}
          aria-hidden="true"
          className="relative mt-1 shrink-0 cursor-col-resize touch-none select-none"
          style={{ height: `${AXIS_HEIGHT / 16}rem` }}
        >
          <canvas ref={axis} className="absolute top-0" style={{ left: gutter }} />
        </div>
        <div
          className={`relative min-h-0 border-b border-line ${isFitted ? 'flex-initial' : 'flex-1'}`}
          style={{
            // The border takes its pixel from the lanes.
            flexBasis: isFitted ? Math.max(layout.calmHeight + 1, SMALLEST) : bodyHeight,
            minHeight: bodyHeight,
          }}
        >
          <div
            ref={scroller}
            role="application"
            aria-label={title}
            aria-describedby={id}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: an application handles keys and must be reachable
            tabIndex={0}
            onKeyDown={onKeyDown}
            className="absolute inset-0 touch-pan-y cursor-crosshair overflow-x-clip overflow-y-hidden select-none [scrollbar-gutter:stable] focus-within:overflow-y-auto"
          >
            <div className="sticky top-0 z-0 h-0" aria-hidden="true">
              <canvas ref={lanes} className="absolute top-0" style={{ left: gutter }} />
              <canvas ref={overlay} className="pointer-events-none absolute top-0" style={{ left: gutter }} />
            </div>
            <LaneLabels store={store} names={names} format={format} gutter={gutter} />
          </div>
          {empty && (
            <p className="pointer-events-none absolute inset-0 grid place-items-center text-sm text-faint">
              {live ? t('empty') : t('emptyFinished')}
            </p>
          )}
          {hidden > 0 && (
            <button
              type="button"
              onClick={() => store.setTall(true)}
              className="absolute right-2 bottom-2 z-10 rounded-full border border-line-strong bg-raised px-3 py-1 text-sm text-muted shadow-raised hover:text-ink print:hidden"
            >
              {t('moreLanes', { count: hidden })}
            </button>
          )}
          <SpanTooltip
            store={store}
            names={names}
            format={format}
            gutter={gutter}
            scrollTop={() => scroller.current?.scrollTop ?? 0}
          />
        </div>
        <StatusLine store={store} format={format} />
      </div>
      <p id={id} className="sr-only">
        {extent !== undefined &&
          t('summary', {
            groups: store.index.groups.length,
            lanes: store.index.lanes.size,
            spans: store.index.spanCount,
            duration: format.duration(extent.to - extent.from),
            button: t('showTable'),
          })}{' '}
        {t('usage')}
      </p>
      <TimelineAnnouncer store={store} names={names} format={format} />
      {tableShown && pixels > 0 && <TimelineTable store={store} names={names} format={format} />}
    </section>
  )
}
