/**
 * Tells a lock held alone from one held while others wait, after the fact: the threads record only that they waited and that they
 * held, and what overlaps is worked out here. A counter of waiters, kept while it is hot, would be one more thing to contend for.
 */
import type { RecordedSpan } from './span-recorder.ts'

/**
 * Every 'held' span becomes 'held' up to the moment when the first other thread waits, and 'contended' from there on to the end of
 * that wait or of the hold. `threads` are the spans of each thread; `name` gives what a contended piece is called.
 */
export const splitHeld = (
  threads: readonly (readonly RecordedSpan[])[],
  nameContended: (name: string) => string = (name) => name,
): RecordedSpan[][] => {
  const waits = threads.flatMap((spans, thread) =>
    spans.flatMap(({ kind, startUs, endUs }) => (kind === 'wait' ? [{ thread, startUs, endUs }] : [])),
  )
  waits.sort((a, b) => a.startUs - b.startUs)
  const longestUs = waits.reduce((most, { startUs, endUs }) => Math.max(most, endUs - startUs), 0)
  const during = (span: RecordedSpan, thread: number): { startUs: number; endUs: number }[] => {
    const pieces: { startUs: number; endUs: number }[] = []
    for (let i = firstFrom(waits, span.startUs - longestUs); i < waits.length; i++) {
      const wait = waits[i]
      if (!wait || wait.startUs >= span.endUs) break
      if (wait.thread === thread || wait.endUs <= span.startUs) continue
      const startUs = Math.max(span.startUs, wait.startUs)
      const endUs = Math.min(span.endUs, wait.endUs)
      const last = pieces.at(-1)
      if (last && startUs <= last.endUs) last.endUs = Math.max(last.endUs, endUs)
      else pieces.push({ startUs, endUs })
    }
    return pieces
  }
  return threads.map((spans, thread) =>
    spans.flatMap((span): RecordedSpan[] => {
      if (span.kind !== 'held') return [span]
      const split: RecordedSpan[] = []
      let fromUs = span.startUs
      for (const { startUs, endUs } of during(span, thread)) {
        if (startUs > fromUs) split.push({ ...span, startUs: fromUs, endUs: startUs })
        split.push({ kind: 'contended', name: nameContended(span.name), startUs, endUs })
        fromUs = endUs
      }
      if (fromUs < span.endUs || split.length === 0) split.push({ ...span, startUs: fromUs })
      return split
    }),
  )
}

const firstFrom = (waits: readonly { startUs: number }[], startUs: number): number => {
  let low = 0
  let high = waits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((waits[middle]?.startUs ?? 0) < startUs) low = middle + 1
    else high = middle
  }
  return low
}
