/** What a thread does, as labels for its span recorder, and which locks each is about. Thread and runner make the same list. */
import type { SpanLabel } from '../../threads/span-recorder.ts'

export interface DeadlockSpanLabel extends SpanLabel {
  role: 'outside' | 'pause' | 'wait' | 'hold'
  locks: number[]
}

export const OUTSIDE = 0
export const PAUSE = 1
export const waitLabel = (lock: number): number => 2 + lock
/** With one lock, waiting for nothing. */
export const holdLabel = (locks: number, lock: number): number => 2 + locks + lock
/** With both, of which this one is the lower in the ring: its neighbour's number follows. */
export const bothLabel = (locks: number, own: number): number => 2 + 2 * locks + own

export const spanLabels = (locks: number, lockName: string): DeadlockSpanLabel[] => {
  const each = Array.from({ length: locks }, (_, lock) => lock)
  const name = (lock: number): string => `${lockName} ${lock + 1}`.toLowerCase()
  return [
    { role: 'outside', kind: 'cpu', name: 'without a lock', locks: [] },
    { role: 'pause', kind: 'idle', name: 'pausing before the next attempt', locks: [] },
    ...each.map(
      (lock): DeadlockSpanLabel => ({ role: 'wait', kind: 'wait', name: `waits for ${name(lock)}`, locks: [lock] }),
    ),
    ...each.map(
      (lock): DeadlockSpanLabel => ({ role: 'hold', kind: 'held', name: `holds ${name(lock)}`, locks: [lock] }),
    ),
    ...each.map((lock): DeadlockSpanLabel => {
      const next = (lock + 1) % locks
      return { role: 'hold', kind: 'held', name: `holds ${name(lock)} and ${name(next)}`, locks: [lock, next] }
    }),
  ]
}
