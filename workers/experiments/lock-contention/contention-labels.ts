/** What a contending thread's spans are called, by the number under which it records them. */
import type { SpanLabel } from '../../threads/span-recorder.ts'

export const WAIT = 0
export const HELD = 1
export const OUTSIDE = 2
export const UNGUARDED = 3

export const CONTENTION_LABELS: readonly SpanLabel[] = [
  { kind: 'wait', name: 'waiting for the lock' },
  { kind: 'held', name: 'inside' },
  { kind: 'cpu', name: 'outside' },
  { kind: 'cpu', name: 'inside, unguarded' },
]
