/**
 * What only the browser knows: its time zone, its storage. The server and the first render of the browser, which must agree with
 * it, get `onServer`; `read` must answer a primitive, so that the same answer is the same value.
 */
'use client'

import { useSyncExternalStore } from 'react'

export function useInBrowser<Value extends string | number | boolean | null>(
  read: () => Value,
  onServer: Value,
): Value {
  return useSyncExternalStore(subscribeToNothing, read, () => onServer)
}

const subscribeToNothing = () => () => undefined
