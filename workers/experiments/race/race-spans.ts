/** What trials look like on the timeline: of counted ones, when each thread raced; of the traced one, the steps around the moment shown. */
import type { SpanBatch } from '#lib/contract/run-event.ts'
import type { Span } from '#lib/contract/trace.ts'
import type { Interleaving, StepAction, TracedStep } from '#lib/experiments/race-interleaving.ts'
import { laneId } from '../../threads/thread-crew.ts'
import type { ThreadTrial } from './trial.ts'

export const trialSpans = (threads: readonly ThreadTrial[], trial: number): Span[] =>
  threads.map(({ startUs, endUs }, index) => ({
    lane: laneId('trials', index),
    name: `trial ${trial + 1}`,
    kind: 'cpu',
    start: startUs,
    duration: Math.max(0, endUs - startUs),
    round: trial,
  }))

/** Steps of one thread on each side of the moment. */
const AROUND = 60

const nameOf = ({ action, target, value }: TracedStep): string => {
  const names: Record<StepAction, string> = {
    read: `read ${value}`,
    write: `write ${value}`,
    add: `atomic: now ${value}`,
    check: `check ${target}: ${value === 0 ? 'missing' : 'there'}`,
    build: `build ${target}`,
    flag: `set flag ${target}`,
    data: `write data ${target}`,
    lock: 'acquire the lock',
    unlock: 'release the lock',
  }
  return names[action]
}

export const tracedSpans = (threads: readonly (readonly TracedStep[])[], { steps }: Interleaving): SpanBatch => {
  const momentUs = steps[0]?.startUs ?? 0
  let omitted = 0
  const spans = threads.flatMap((own, index): Span[] => {
    const at = own.findIndex(({ endUs }) => endUs >= momentUs)
    const kept = at === -1 ? own.slice(-AROUND) : own.slice(Math.max(0, at - AROUND), at + AROUND)
    omitted += own.length - kept.length
    return kept.map((step) => ({
      lane: laneId('traced', index),
      name: nameOf(step),
      kind: step.action === 'lock' ? 'wait' : 'cpu',
      start: step.startUs,
      duration: step.endUs - step.startUs,
    }))
  })
  return { spans, omitted }
}
