/**
 * A value that changes more often than it needs to be drawn: passed on at once after a rest, and then at most every so many
 * milliseconds. The last one always arrives, however busy the page is, which React's deferred values don't promise.
 */
'use client'

import { useEffect, useRef, useState } from 'react'

export const useCalm = <T>(value: T, everyMs: number): T => {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  const shownAt = useRef(Number.NEGATIVE_INFINITY)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  useEffect(() => {
    latest.current = value
    if (timer.current !== null) return
    const wait = Math.max(0, shownAt.current + everyMs - performance.now())
    timer.current = setTimeout(() => {
      timer.current = null
      shownAt.current = performance.now()
      setShown(latest.current)
    }, wait)
  }, [value, everyMs])

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )
  return shown
}
