/** What producers and consumers do, as spans carry it: positions in these lists are what is recorded. English, for exports. */
import type { SpanLabel } from '../../threads/span-recorder.ts'

export const PRODUCER_SPANS = [
  { kind: 'copy', name: 'put into the queue' },
  { kind: 'blocked', name: 'blocked: the queue is full' },
] as const satisfies SpanLabel[]
export const PUT = 0
export const BLOCKED = 1

export const CONSUMER_SPANS = [
  { kind: 'idle', name: 'nothing to take' },
  { kind: 'wait', name: 'waiting for the database' },
  { kind: 'commit', name: 'writing and committing a batch' },
  { kind: 'io', name: 'acknowledging' },
] as const satisfies SpanLabel[]
export const IDLE = 0
export const WAITING = 1
export const COMMIT = 2
export const ACKNOWLEDGE = 3
