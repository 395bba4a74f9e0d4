/** The whole run in a strip, with the view as a window that can be dragged, widened at its edges, or put elsewhere by a press. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { prepared } from './canvas-surface.ts'
import { drawMinimap } from './draw-minimap.ts'
import type { Palette } from './palette.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'
import { pannedBy, type Viewport, width } from './viewport.ts'

const HEIGHT = 40
const REDRAW_EVERY_MS = 200
const EDGE_PIXELS = 8

export function Minimap({
  store,
  palette,
  format,
  gutter,
}: {
  store: TimelineStore
  palette: Palette | null
  format: TimelineFormat
  gutter: number
}) {
  const t = useTranslations('timeline')
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const pixels = useStore(store, (state) => state.size.pixels)
  const rem = useStore(store, (state) => state.size.rem)

  useEffect(() => {
    let redrawing: ReturnType<typeof setTimeout> | undefined
    const redraw = (): void => {
      redrawing = undefined
      if (palette === null || pixels <= 0) return
      const context = prepared(canvas.current, pixels, HEIGHT * rem, palette.dpr)
      if (context === null) return
      const scene = store.scene()
      drawMinimap(context, {
        ...scene,
        view: store.getState().bounds,
        palette,
        format,
        markers: [],
        top: 0,
        height: HEIGHT * rem,
      })
    }
    const move = (): void => {
      const { view, bounds } = store.getState()
      const style = box.current?.style
      if (style === undefined) return
      style.left = `${((view.from - bounds.from) / width(bounds)) * 100}%`
      style.width = `${(width(view) / width(bounds)) * 100}%`
    }
    redraw()
    move()
    const unsubscribe = store.subscribe((now, before) => {
      if (now.view !== before.view || now.bounds !== before.bounds) move()
      if (
        now.bounds !== before.bounds ||
        now.layout !== before.layout ||
        now.kinds !== before.kinds ||
        now.version !== before.version
      ) {
        redrawing ??= setTimeout(redraw, now.live ? REDRAW_EVERY_MS : 0)
      }
    })
    return () => {
      unsubscribe()
      clearTimeout(redrawing)
    }
  }, [store, palette, format, pixels, rem])

  useEffect(() => {
    const target = frame.current
    if (target === null) return
    let drag: { x: number; view: Viewport; edge: 'from' | 'to' | null } | null = null
    const perPixel = (): number => width(store.getState().bounds) / Math.max(1, target.clientWidth)
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return
      target.setPointerCapture(event.pointerId)
      const { view, bounds } = store.getState()
      const x = event.clientX - target.getBoundingClientRect().left
      const left = (view.from - bounds.from) / perPixel()
      const right = (view.to - bounds.from) / perPixel()
      const edge = Math.abs(x - left) < EDGE_PIXELS ? 'from' : Math.abs(x - right) < EDGE_PIXELS ? 'to' : null
      if (edge === null && (x < left || x > right)) {
        store.look(pannedBy(view, bounds.from + x * perPixel() - (view.from + view.to) / 2, bounds))
      }
      drag = { x: event.clientX, view: store.getState().view, edge }
    }
    const onMove = (event: PointerEvent): void => {
      if (drag === null) return
      const { bounds } = store.getState()
      const micros = (event.clientX - drag.x) * perPixel()
      if (drag.edge === null) store.look(pannedBy(drag.view, micros, bounds))
      else {
        const moved = { ...drag.view, [drag.edge]: drag.view[drag.edge] + micros }
        // An edge stops at the other one instead of turning the window inside out.
        if (width(moved) > width(bounds) / 1e6) {
          store.look({ from: Math.max(moved.from, bounds.from), to: Math.min(moved.to, bounds.to) })
        }
      }
    }
    const onEnd = (): void => {
      drag = null
    }
    target.addEventListener('pointerdown', onDown)
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerup', onEnd)
    target.addEventListener('pointercancel', onEnd)
    return () => {
      target.removeEventListener('pointerdown', onDown)
      target.removeEventListener('pointermove', onMove)
      target.removeEventListener('pointerup', onEnd)
      target.removeEventListener('pointercancel', onEnd)
    }
  }, [store])

  return (
    <div aria-hidden="true" className="flex items-stretch">
      <span
        className="flex shrink-0 items-center truncate pr-2 pl-2 text-[0.75rem] text-faint sm:pl-6"
        style={{ width: gutter }}
      >
        {t('overview')}
      </span>
      <div
        ref={frame}
        className="relative cursor-grab touch-none overflow-hidden rounded-sm active:cursor-grabbing"
        style={{ width: pixels, height: HEIGHT * rem }}
      >
        <canvas ref={canvas} className="block" />
        <div
          ref={box}
          className="absolute inset-y-0 min-w-1 rounded-sm border-x-4 border-y border-accent shadow-[0_0_0_200rem_color-mix(in_srgb,var(--surface-raised)_55%,transparent)]"
        />
      </div>
    </div>
  )
}
