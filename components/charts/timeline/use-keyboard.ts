/**
 * Everything by keyboard: arrows and WASD pan and zoom, brackets walk from span to span; while a span is selected, arrows walk too
 * and Escape leaves. Shift with an arrow, Home or End selects a stretch of time. Keys with Ctrl, Alt or ⌘ stay the browser's.
 */
'use client'

import { type KeyboardEvent, useCallback } from 'react'
import { extendSelection, SELECTING } from './extend-selection.ts'
import { glideTo } from './glide.ts'
import type { SpanPlace } from './hit-test.ts'
import { stretchOf } from './span-stretch.ts'
import type { TimelineStore } from './timeline-store.ts'
import { middleOf, pannedBy, revealing, width, zoomedAbout } from './viewport.ts'
import { nearestOf, stepAlong, type WalkRange } from './walk.ts'

const PAN: Record<string, number> = { ArrowLeft: -0.15, KeyA: -0.15, ArrowRight: 0.15, KeyD: 0.15 }
const ZOOM: Record<string, number> = { ArrowUp: 1 / 1.4, KeyW: 1 / 1.4, ArrowDown: 1.4, KeyS: 1.4 }

function walkRange(store: TimelineStore, lane: string): WalkRange {
  const indexed = store.index.lanes.get(lane)
  const window = indexed === undefined ? null : store.windowOf(indexed.lane.group)
  return { from: window?.from ?? 0, to: window?.to ?? 0, kinds: store.getState().kinds }
}

function goTo(store: TimelineStore, place: SpanPlace): void {
  store.setHover(null)
  store.setCursor(place)
  const stretch = stretchOf(store, place)
  const { view, bounds } = store.getState()
  if (stretch === null) return
  // Walking pans; it changes the scale only for a span that doesn't fit the view.
  const next = revealing(view, stretch, bounds)
  if (next !== view) store.look(next)
}

/** From no selection: the first span in view, in the uppermost lane that has one. */
export function enterSpans(store: TimelineStore): void {
  const { layout, view } = store.getState()
  for (const block of layout.blocks) {
    if (block.type !== 'lane') continue
    const rows = store.index.lanes.get(block.id)?.rows ?? []
    const window = store.windowOf(block.group)
    if (window === null) continue
    const found = nearestOf(block.id, rows, view.from + window.offset, walkRange(store, block.id))
    if (found !== null) {
      goTo(store, found)
      return
    }
  }
}

export function walkAlong(store: TimelineStore, step: 1 | -1): void {
  const { cursor } = store.getState()
  if (cursor === null) {
    enterSpans(store)
    return
  }
  const rows = store.index.lanes.get(cursor.lane)?.rows ?? []
  const next = stepAlong(rows, cursor, step, walkRange(store, cursor.lane))
  if (next !== null) goTo(store, next)
}

export function walkAcross(store: TimelineStore, step: 1 | -1): void {
  const { cursor, layout } = store.getState()
  const stretch = cursor === null ? null : stretchOf(store, cursor)
  if (cursor === null || stretch === null) {
    enterSpans(store)
    return
  }
  const lanes = layout.blocks.filter((block) => block.type === 'lane')
  for (let at = lanes.findIndex((block) => block.id === cursor.lane) + step; at >= 0 && at < lanes.length; at += step) {
    const block = lanes[at]
    const window = block === undefined ? null : store.windowOf(block.group)
    if (block === undefined || window === null) continue
    const rows = store.index.lanes.get(block.id)?.rows ?? []
    const middle = (stretch.from + stretch.to) / 2 + window.offset
    const found = nearestOf(block.id, rows, middle, walkRange(store, block.id))
    if (found !== null) {
      goTo(store, found)
      return
    }
  }
}

function act(store: TimelineStore, event: KeyboardEvent): boolean {
  const { view, bounds, cursor, range } = store.getState()
  const selecting = event.shiftKey ? SELECTING[event.key] : undefined
  if (selecting !== undefined) extendSelection(store, selecting)
  else if (event.code === 'BracketLeft' || event.key === '[') walkAlong(store, -1)
  else if (event.code === 'BracketRight' || event.key === ']') walkAlong(store, 1)
  else if (cursor !== null && event.key === 'ArrowLeft') walkAlong(store, -1)
  else if (cursor !== null && event.key === 'ArrowRight') walkAlong(store, 1)
  else if (cursor !== null && event.key === 'ArrowUp') walkAcross(store, -1)
  else if (cursor !== null && event.key === 'ArrowDown') walkAcross(store, 1)
  else if (event.key === 'Enter') enterSpans(store)
  else if (event.key === 'Escape' && (cursor !== null || range !== null)) {
    store.setCursor(null)
    store.setRange(null)
  } else if (event.code === 'KeyF') {
    const stretch = range ?? (cursor === null ? null : stretchOf(store, cursor))
    if (stretch === null) return false
    const air = Math.max(width(stretch), 1) * 0.15
    glideTo(store, { from: stretch.from - air, to: stretch.to + air })
  } else if (event.key === '0') glideTo(store, bounds)
  else if (event.key === '+' || event.key === '=') glideTo(store, zoomedAbout(view, middleOf(view), 0.5, bounds))
  else if (event.key === '-') glideTo(store, zoomedAbout(view, middleOf(view), 2, bounds))
  else if (event.key === 'Home') glideTo(store, pannedBy(view, bounds.from - view.from, bounds))
  else if (event.key === 'End') glideTo(store, pannedBy(view, bounds.to - view.to, bounds))
  else if (event.code in PAN) store.look(pannedBy(view, (PAN[event.code] ?? 0) * width(view), bounds))
  else if (event.code in ZOOM) store.look(zoomedAbout(view, middleOf(view), ZOOM[event.code] ?? 1, bounds))
  else return false
  return true
}

export function useKeyboard(store: TimelineStore): (event: KeyboardEvent) => void {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // Keys of the buttons inside (collapsing a group) are theirs.
      if (event.target !== event.currentTarget) return
      if (act(store, event)) event.preventDefault()
    },
    [store],
  )
}
