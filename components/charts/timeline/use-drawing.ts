/**
 * Draws when something changed and never otherwise: one frame for any number of changes. What moves with the pointer has a canvas
 * of its own. Tells on the root element what is shown (`data-from`, `data-to`, `data-visible-spans`, `data-aggregated`).
 */
'use client'

import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { prepared } from './canvas-surface.ts'
import { drawAxis } from './draw-axis.ts'
import { drawBackdrop, drawGroupEnds } from './draw-backdrop.ts'
import { drawCounters } from './draw-counters.ts'
import { drawFlows } from './draw-flows.ts'
import { drawOverlay } from './draw-overlay.ts'
import { drawRows } from './draw-rows.ts'
import { hitTest } from './hit-test.ts'
import { anchorPatterns, type Palette } from './palette.ts'
import type { Drawn, Picture, TimelineMarker } from './picture.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'
import { width } from './viewport.ts'

export interface Stage {
  root: RefObject<HTMLElement | null>
  scroller: RefObject<HTMLElement | null>
  lanes: RefObject<HTMLCanvasElement | null>
  overlay: RefObject<HTMLCanvasElement | null>
  axis: RefObject<HTMLCanvasElement | null>
}

export const AXIS_HEIGHT = 26
const TELL_EVERY_MS = 150

/** Everything that isn't bound to the pointer. */
export function drawScene(context: CanvasRenderingContext2D, picture: Picture): Drawn {
  anchorPatterns(picture.palette, (picture.view.from * picture.pixels) / width(picture.view))
  drawBackdrop(context, picture)
  drawCounters(context, picture)
  const rows = drawRows(context, picture)
  drawGroupEnds(context, picture)
  return { ...rows, ...drawFlows(context, picture) }
}

export function useDrawing(
  stage: Stage,
  store: TimelineStore,
  palette: Palette | null,
  format: TimelineFormat,
  markers: readonly TimelineMarker[],
  spanName: Picture['spanName'],
): void {
  const pending = useRef({ frame: 0, lanes: true })
  const latest = useRef<(() => void) | null>(null)

  const schedule = useCallback((lanes: boolean) => {
    pending.current.lanes ||= lanes
    if (pending.current.frame !== 0) return
    pending.current.frame = requestAnimationFrame(() => {
      pending.current.frame = 0
      latest.current?.()
    })
  }, [])

  useEffect(() => {
    let telling: ReturnType<typeof setTimeout> | undefined
    let bare = false
    let drawn: Drawn = { spans: 0, aggregated: 0, flows: 0, flowsLeftOut: 0 }

    const drawLanes = (picture: Picture): void => {
      const { pixels, height, top } = picture
      const context = prepared(stage.lanes.current, pixels, height, picture.palette.dpr)
      const axisHeight = AXIS_HEIGHT * picture.palette.rem
      const axis = prepared(stage.axis.current, pixels, axisHeight, picture.palette.dpr)
      if (context === null || axis === null) return
      context.translate(0, -top)
      drawn = drawScene(context, picture)
      drawAxis(axis, picture, axisHeight)
      const data = stage.root.current?.dataset
      if (data !== undefined) {
        data.from = String(picture.view.from)
        data.to = String(picture.view.to)
        data.visibleSpans = String(drawn.spans + drawn.aggregated)
        data.aggregated = String(drawn.aggregated)
      }
      telling ??= setTimeout(() => {
        telling = undefined
        store.setDrawn(drawn)
      }, TELL_EVERY_MS)
    }

    latest.current = () => {
      const scroller = stage.scroller.current
      const { size, cursor, range, hover } = store.getState()
      if (palette === null || scroller === null || size.pixels <= 0) return
      const picture: Picture = {
        ...store.scene(),
        palette,
        format,
        markers,
        spanName,
        top: scroller.scrollTop,
        height: scroller.clientHeight,
      }
      if (pending.current.lanes) drawLanes(picture)
      pending.current.lanes = false
      const nothing = cursor === null && range === null && hover === null && markers.length === 0
      // Panning then costs one canvas a frame instead of two.
      if (nothing && bare) return
      bare = nothing
      const context = prepared(stage.overlay.current, picture.pixels, picture.height, palette.dpr)
      if (context === null) return
      context.translate(0, -picture.top)
      const hit = hover === null ? null : hitTest(picture, hover.x, hover.y)
      const hovered = hit?.type === 'span' ? hit.place : null
      drawOverlay(context, picture, { hovered, cursor, range, pointer: hover?.x ?? null })
    }
    // A sheet of paper waits for no frame.
    if (window.matchMedia('print').matches) {
      pending.current.lanes = true
      latest.current()
    } else schedule(true)

    const unsubscribe = store.subscribe((now, before) => {
      if (now.drawn !== before.drawn) return
      schedule(
        now.view !== before.view ||
          now.version !== before.version ||
          now.layout !== before.layout ||
          now.kinds !== before.kinds ||
          now.size !== before.size,
      )
    })
    const scroller = stage.scroller.current
    const onScroll = (): void => schedule(true)
    scroller?.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      unsubscribe()
      scroller?.removeEventListener('scroll', onScroll)
      clearTimeout(telling)
    }
  }, [stage, store, palette, format, markers, spanName, schedule])

  useEffect(() => {
    const waiting = pending.current
    return () => {
      cancelAnimationFrame(waiting.frame)
      // StrictMode runs effects twice: a frame that was cancelled must not count as pending.
      waiting.frame = 0
      waiting.lanes = true
    }
  }, [])
}
