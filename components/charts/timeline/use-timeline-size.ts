/** Measures the box of the lanes, tells the store, and gives the room that names get: less where the whole is narrow. */
'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { Palette } from './palette.ts'
import type { TimelineStore } from './timeline-store.ts'

const NARROW_REM = 40

/** The palette tells the root's font size, and is read anew when that changes. */
export function useTimelineSize(
  scroller: RefObject<HTMLElement | null>,
  store: TimelineStore,
  palette: Palette | null,
): number {
  const [gutter, setGutter] = useState(136)
  useEffect(() => {
    const box = scroller.current
    if (box === null || palette === null) return
    const { rem } = palette
    const measure = (): void => {
      const wanted = (box.clientWidth < NARROW_REM * 16 * rem ? 96 : 136) * rem
      setGutter(wanted)
      store.resize({ pixels: Math.max(1, box.clientWidth - wanted), room: box.clientHeight, rem })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    measure()
    return () => observer.disconnect()
  }, [scroller, store, palette])
  return gutter
}
