/**
 * Wheel, mouse and touch over the plot. A plain wheel belongs to the page; with Ctrl or ⌘ (which is also how a trackpad reports a
 * pinch) it zooms, with Shift or sideways it pans. A drag pans, with Shift it selects a stretch of time; one finger pans sideways and
 * leaves up and down to the page, two fingers zoom. A press that didn't move chooses a span.
 */
'use client'

import { type RefObject, useEffect } from 'react'
import { stopGliding } from './glide.ts'
import type { TimelineStore } from './timeline-store.ts'
import { pannedBy, pinched, timeAt, type Viewport, width, zoomedAbout } from './viewport.ts'

const MOVED_PIXELS = 4

export interface GestureHandlers {
  /** In the plot's pixels. */
  onHover(point: { x: number; y: number } | null): void
  onChoose(point: { x: number; y: number }): void
  onEnter(point: { x: number; y: number }): void
}

interface Drag {
  x: number
  y: number
  view: Viewport
  scroll: number
  mode: 'pan' | 'select'
  moved: boolean
}

/** `gutter` are the pixels left of the plot; `selects` makes every drag a selection, as on the ruler. */
export function useGestures(
  element: RefObject<HTMLElement | null>,
  store: TimelineStore,
  gutter: number,
  handlers: GestureHandlers | null,
): void {
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const pointers = new Map<number, { x: number; y: number }>()
    let drag: Drag | null = null
    let pinch: { view: Viewport; a: number; b: number } | null = null

    const pointOf = (event: PointerEvent | MouseEvent): { x: number; y: number } => {
      const box = target.getBoundingClientRect()
      return { x: event.clientX - box.left - gutter, y: event.clientY - box.top + target.scrollTop }
    }
    const pixels = (): number => Math.max(1, store.getState().size.pixels)

    const onWheel = (event: WheelEvent): void => {
      const { view, bounds } = store.getState()
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 240 : 1
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        stopGliding(store)
        const strength = Math.max(-60, Math.min(60, event.deltaY * unit))
        store.look(zoomedAbout(view, timeAt(view, pointOf(event).x, pixels()), Math.exp(strength * 0.009), bounds))
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        stopGliding(store)
        const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
        store.look(pannedBy(view, (sideways * unit * width(view)) / pixels(), bounds))
      }
    }

    const shareOf = (point: { x: number }): number => point.x / pixels()
    const pinchNow = (): { a: number; b: number } | null => {
      const [first, second] = [...pointers.values()]
      return first === undefined || second === undefined ? null : { a: shareOf(first), b: shareOf(second) }
    }

    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button') !== null)) return
      const point = pointOf(event)
      if (handlers !== null && point.x < 0) return
      stopGliding(store)
      pointers.set(event.pointerId, point)
      const { view } = store.getState()
      const both = pinchNow()
      if (both !== null) {
        pinch = { view, ...both }
        drag = null
        return
      }
      const mode = handlers === null || event.shiftKey ? 'select' : 'pan'
      drag = { x: point.x, y: event.clientY, view, scroll: target.scrollTop, mode, moved: false }
    }

    const onMove = (event: PointerEvent): void => {
      const point = pointOf(event)
      if (pointers.has(event.pointerId)) pointers.set(event.pointerId, point)
      const { bounds, view } = store.getState()
      const both = pinchNow()
      if (pinch !== null && both !== null) {
        store.look(pinched(pinch, both, bounds))
        return
      }
      if (drag === null) {
        if (event.pointerType === 'mouse') handlers?.onHover(point.x < 0 ? null : point)
        return
      }
      if (!drag.moved && Math.hypot(point.x - drag.x, event.clientY - drag.y) < MOVED_PIXELS) return
      if (!drag.moved) {
        drag.moved = true
        // Only now, so that a press on something inside still reaches it.
        target.setPointerCapture(event.pointerId)
        handlers?.onHover(null)
      }
      if (drag.mode === 'pan') {
        store.look(pannedBy(drag.view, ((drag.x - point.x) * width(drag.view)) / pixels(), bounds))
        if (event.pointerType === 'mouse') target.scrollTop = drag.scroll - (event.clientY - drag.y)
      } else {
        const a = Math.max(bounds.from, timeAt(view, drag.x, pixels()))
        const b = Math.min(bounds.to, timeAt(view, point.x, pixels()))
        store.setRange({ from: Math.min(a, b), to: Math.max(a, b) })
      }
    }

    const onEnd = (event: PointerEvent): void => {
      pointers.delete(event.pointerId)
      pinch = null
      const ended = drag
      drag = null
      if (ended === null || event.type === 'pointercancel') return
      if (!ended.moved) {
        if (handlers === null || store.getState().range !== null) store.setRange(null)
        handlers?.onChoose(pointOf(event))
      }
    }
    const onLeave = (event: PointerEvent): void => {
      if (event.pointerType === 'mouse' && drag === null) handlers?.onHover(null)
    }
    const onDouble = (event: MouseEvent): void => {
      const point = pointOf(event)
      if (point.x >= 0) handlers?.onEnter(point)
    }

    // React's own wheel listener is passive and could not keep Ctrl + wheel from zooming the page.
    target.addEventListener('wheel', onWheel, { passive: false })
    target.addEventListener('pointerdown', onDown)
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerup', onEnd)
    target.addEventListener('pointercancel', onEnd)
    target.addEventListener('pointerleave', onLeave)
    target.addEventListener('dblclick', onDouble)
    return () => {
      target.removeEventListener('wheel', onWheel)
      target.removeEventListener('pointerdown', onDown)
      target.removeEventListener('pointermove', onMove)
      target.removeEventListener('pointerup', onEnd)
      target.removeEventListener('pointercancel', onEnd)
      target.removeEventListener('pointerleave', onLeave)
      target.removeEventListener('dblclick', onDouble)
    }
  }, [element, store, gutter, handlers])
}
