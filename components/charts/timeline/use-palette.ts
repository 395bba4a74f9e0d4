/**
 * The palette of the page, read again when theme, wall mode, root font size or pixel ratio change, and for paper: what is printed
 * is drawn before the browser lays out the sheet, which waits for no frame.
 */
'use client'

import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Palette, readPalette } from './palette.ts'

export function usePalette(element: RefObject<Element | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null)
  useEffect(() => {
    const read = (): void => {
      if (element.current !== null) setPalette(readPalette(element.current, window.devicePixelRatio || 1))
    }
    read()
    const root = new MutationObserver(read)
    root.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-wall', 'class', 'style'],
    })
    const scheme = window.matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', read)
    const paper = window.matchMedia('print')
    const readAtOnce = (): void => flushSync(read)
    paper.addEventListener('change', readAtOnce)
    // Zooming the page or moving the window to another screen changes the pixel ratio, and media queries the root's font size.
    window.addEventListener('resize', read)
    // The canvas draws no text in a face that isn't there yet; the frame after it arrives is drawn with it.
    document.fonts.addEventListener('loadingdone', read)
    return () => {
      root.disconnect()
      scheme.removeEventListener('change', read)
      paper.removeEventListener('change', readAtOnce)
      window.removeEventListener('resize', read)
      document.fonts.removeEventListener('loadingdone', read)
    }
  }, [element])
  return palette
}
