/** Turns what workers hand over into outcomes of calls, and makes those of calls that no worker can tell about. */
import type { Lane } from '#lib/contract/trace.ts'
import type { Batch } from './batch.ts'
import type { TaskError, TaskReport } from './executor.ts'
import { type Delivery, NOT_CLONEABLE, type RemoteError, ROW, SKIPPED, SUCCEEDED } from './protocol.ts'
import { CANCELLED } from './task-errors.ts'

/** Settles the calls of this delivery; returns the batches they belong to. */
export const receiveDelivery = (
  delivery: Delivery,
  batches: ReadonlyMap<number, Batch>,
  lane: Lane,
  trace: boolean,
): Set<Batch> => {
  const { rows, values } = delivery
  const spans = spansByPosition(delivery)
  const touched = new Set<Batch>()
  // Results come in runs of one batch: a fine task shall not pay for a look-up.
  let id = -1
  let batch: Batch | undefined
  for (let position = 0; position < values.length; position++) {
    const at = position * ROW
    if (rows[at] !== id) {
      id = rows[at] ?? -1
      batch = batches.get(id)
      if (batch) touched.add(batch)
    }
    if (batch === undefined) continue
    const index = rows[at + 1] ?? 0
    const how = rows[at + 2] ?? SUCCEEDED
    const cpuUs = rows[at + 6] ?? -1
    const report: TaskReport = {
      submittedUs: batch.submittedUs[index] ?? 0,
      startedUs: rows[at + 4] ?? 0,
      finishedUs: how === SKIPPED ? 0 : (rows[at + 5] ?? 0),
      cpuUs: trace && cpuUs >= 0 ? cpuUs : null,
      lane: lane.id,
      worker: rows[at + 3] ?? 0,
      pid: lane.pid ?? 0,
      tid: lane.tid ?? 0,
      spans: spans?.get(position) ?? [],
      spansOmitted: rows[at + 7] ?? 0,
    }
    const value = values[position]
    if (how === SUCCEEDED && !batch.isCancelRequested(index)) batch.settle(index, { ok: true, value, report })
    else batch.settle(index, { ok: false, error: errorOf(how, value, batch.isCancelRequested(index)), report })
  }
  return touched
}

/** Where and how long a call ran whose worker ended under it. */
interface CutShort {
  lane: Lane
  worker: number
  startedUs: number
  finishedUs: number
}

/** Of a call that never ran, or (`ran`) whose worker ended under it. */
export const withoutRun = (
  error: TaskError,
  submittedUs: number,
  ran?: CutShort,
): { ok: false; error: TaskError; report: TaskReport } => ({
  ok: false,
  error,
  report: {
    submittedUs,
    startedUs: ran?.startedUs ?? 0,
    finishedUs: ran?.finishedUs ?? 0,
    cpuUs: null,
    lane: ran?.lane.id ?? '',
    worker: ran?.worker ?? 0,
    pid: ran?.lane.pid ?? 0,
    tid: ran?.lane.tid ?? 0,
    spans: [],
    spansOmitted: 0,
  },
})

/** Nothing happens to a call that has its outcome already. */
export const settleWithoutRun = (batch: Batch, index: number, error: TaskError, ran?: CutShort): void => {
  if (batch.isOpen(index)) batch.settle(index, withoutRun(error, batch.submittedUs[index] ?? 0, ran))
}

const errorOf = (how: number, value: unknown, cancelRequested: boolean): TaskError => {
  if (how === SKIPPED || cancelRequested) return CANCELLED
  // Trusted: written by the outbox of the same program.
  const { name, message, stack } = value as RemoteError
  if (how !== NOT_CLONEABLE) return { code: 'failed', name, message, stack }
  return { code: 'not-cloneable', name, message: `the result cannot be sent back: ${message}`, stack }
}

const spansByPosition = ({ spans, labels }: Delivery): Map<number, TaskReport['spans']> | null => {
  if (spans === null) return null
  const byPosition = new Map<number, TaskReport['spans']>()
  for (let at = 0; at < spans.length; at += 4) {
    const position = spans[at] ?? 0
    const label = labels[spans[at + 1] ?? 0]
    if (!label) continue
    const list = byPosition.get(position) ?? []
    if (list.length === 0) byPosition.set(position, list)
    list.push({ name: label[0], kind: label[1], startUs: spans[at + 2] ?? 0, durationUs: spans[at + 3] ?? 0 })
  }
  return byPosition
}
