/**
 * The threads' spans as a trace: a lock that others waited for while it was held is told from one that nobody wanted, and an
 * acquisition that did not wait leaves no span.
 */
import type { Span } from '#lib/contract/trace.ts'
import type { RecordedSpan } from '../../threads/span-recorder.ts'
import { laneId } from '../../threads/thread-crew.ts'
import type { DeadlockSpanLabel } from './span-labels.ts'

/** Shorter than this nobody slept: it is what acquiring a free lock and reading the clock take. */
const WAITED_US = 3

interface Interval {
  startUs: number
  endUs: number
}

export const deadlockSpans = (
  group: string,
  threads: readonly (readonly RecordedSpan[])[],
  labels: readonly DeadlockSpanLabel[],
): Span[] => {
  const labelOf = new Map(labels.map((label) => [label.name, label]))
  const waits = new Map<number, Interval[]>()
  for (const spans of threads) {
    for (const span of spans) {
      const label = labelOf.get(span.name)
      const [lock] = label?.role === 'wait' && isWait(span) ? label.locks : []
      if (lock !== undefined) waits.set(lock, [...(waits.get(lock) ?? []), span])
    }
  }
  for (const list of waits.values()) list.sort((a, b) => a.endUs - b.endUs)
  return threads.flatMap((spans, thread) =>
    spans.flatMap((span): Span[] => {
      const label = labelOf.get(span.name)
      if (label?.role === 'wait' && !isWait(span)) return []
      const contended = label?.role === 'hold' && label.locks.some((lock) => overlapsAny(waits.get(lock) ?? [], span))
      const { name, startUs, endUs } = span
      const kind = contended ? 'contended' : span.kind
      return [{ lane: laneId(group, thread), name, kind, start: startUs, duration: endUs - startUs }]
    }),
  )
}

const isWait = ({ startUs, endUs }: Interval): boolean => endUs - startUs >= WAITED_US

/** `byEnd` ascends by its ends. Who waits doesn't hold, so none of these is the span's own thread's. */
const overlapsAny = (byEnd: readonly Interval[], { startUs, endUs }: Interval): boolean => {
  let [low, high] = [0, byEnd.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((byEnd[middle]?.endUs ?? 0) > startUs) high = middle
    else low = middle + 1
  }
  // The first that ends after this began; of those that follow, one more for each thread can still be open.
  return byEnd.slice(low, low + MOST_THREADS).some((wait) => wait.startUs < endUs)
}

const MOST_THREADS = 12
