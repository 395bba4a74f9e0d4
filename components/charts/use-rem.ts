/**
 * How many times as large as usual everything is: the root's font size, which wall mode and wide screens change. Charts set out
 * their margins in pixels, and have to grow them with their letters.
 */
'use client'

import { useSyncExternalStore } from 'react'

const USUAL_PIXELS = 16

const subscribe = (onChange: () => void): (() => void) => {
  const root = new MutationObserver(onChange)
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-wall', 'class', 'style'] })
  window.addEventListener('resize', onChange)
  return () => {
    root.disconnect()
    window.removeEventListener('resize', onChange)
  }
}

const read = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PIXELS || 1

export const useRem = (): number => useSyncExternalStore(subscribe, read, () => 1)
