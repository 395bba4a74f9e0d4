/** Which sentences a run of isolation supports, and which of them stands for it. Without zod: the browser reads results with it. */
import type { Finding } from '../contract/comparison.ts'
import type { Cost, Count, IsolationParams, IsolationResult } from './isolation.ts'

const rounded = (value: number): number => Number(value.toPrecision(value >= 100 ? 3 : 2))

const plainThreads = ({ actual, expected, perWorker, tries }: Count): Finding => {
  const losing = tries.filter((count) => count < expected).length
  if (losing === 0)
    return { code: 'plain-lost-nothing', values: { expected, tries: tries.length, workers: perWorker.length } }
  const percent = rounded((1 - actual / expected) * 100)
  return { code: 'plain-lost', values: { lost: expected - actual, expected, percent, losing, tries: tries.length } }
}

/** A host that died with its thread is what one must know; else what became of the count. */
export const isolationHeadline = (
  { memory, crash }: IsolationResult,
  params: Pick<IsolationParams, 'workers'>,
): Finding => {
  if (!crash.threads.hostAlive && crash.processes.hostAlive) {
    const { workers } = params
    return { code: 'thread-took-all', values: { workers, survivors: crash.processes.survivors } }
  }
  const { threads, processes } = memory
  if (threads.actual < threads.expected) {
    return {
      code: 'count-both',
      values: {
        lost: threads.expected - threads.actual,
        expected: threads.expected,
        parent: processes.actual,
        own: processes.perWorker[0] ?? 0,
      },
    }
  }
  return {
    code: 'count-processes',
    values: { expected: processes.expected, parent: processes.actual, own: processes.perWorker[0] ?? 0 },
  }
}

const counting = ({ memory, sharedMemoryToProcess }: IsolationResult): Finding[] => {
  const { threads, threadsAtomic, threadsOrdinary, processes } = memory
  const every = (count: Count, value: number): boolean => count.perWorker.every((own) => own === value)
  const increments = processes.expected / Math.max(1, processes.perWorker.length)
  return [
    plainThreads(threads),
    ...(threadsAtomic.tries.every((count) => count === threadsAtomic.expected)
      ? [{ code: 'atomic-kept', values: { expected: threadsAtomic.expected, tries: threadsAtomic.tries.length } }]
      : []),
    ...(processes.actual === 0 && every(processes, increments)
      ? [{ code: 'processes-own', values: { own: increments } }]
      : []),
    ...(threadsOrdinary.actual === 0 && every(threadsOrdinary, increments)
      ? [{ code: 'ordinary-own', values: { own: increments } }]
      : []),
    ...(sharedMemoryToProcess === null
      ? []
      : [{ code: 'shared-memory-refused', values: { message: sharedMemoryToProcess } }]),
  ]
}

const crashing = ({ crash }: IsolationResult, params: Pick<IsolationParams, 'crash' | 'workers'>): Finding[] => {
  if (params.crash === 'none') return []
  return (['threads', 'processes'] as const).map((kind) => {
    const { survivors, hostAlive, noticedMs } = crash[kind]
    const values = {
      kind,
      crash: params.crash,
      survivors,
      others: params.workers - 1,
      workers: params.workers,
      ms: rounded(noticedMs ?? 0),
    }
    return { code: hostAlive ? 'crash-contained' : 'crash-took-host', values }
  })
}

const clearlyApart = (a: readonly [number, number] | null, b: readonly [number, number] | null): boolean =>
  a !== null && b !== null && (a[1] < b[0] || b[1] < a[0])

/** A figure of one kind against that of another: said where their intervals are apart. */
const times = (
  code: string,
  figure: 'startupMs' | 'memoryBytes' | 'messageMicros',
  less: [string, Cost],
  more: [string, Cost],
): Finding[] => {
  const [a, b] = [less[1][figure], more[1][figure]]
  if (a === null || b === null || a <= 0 || b <= 0) return []
  if (!clearlyApart(less[1].intervals[figure], more[1].intervals[figure])) return []
  // Whole megabytes and milliseconds are in the charts; here the ratio is the message.
  return a < b
    ? [{ code, values: { less: less[0], more: more[0], times: rounded(b / a) } }]
    : [{ code, values: { less: more[0], more: less[0], times: rounded(a / b) } }]
}

const costs = ({ cost }: IsolationResult): Finding[] => [
  ...times('start-times', 'startupMs', ['threads', cost.threads], ['processes', cost.processes]),
  ...times('memory-times', 'memoryBytes', ['threads', cost.threads], ['processes', cost.processes]),
  ...times('message-times', 'messageMicros', ['threads', cost.threads], ['processes', cost.processes]),
  ...times('message-times', 'messageMicros', ['processes', cost.processes], ['exec', cost.exec]),
]

export const isolationFindings = (
  result: IsolationResult,
  params: Pick<IsolationParams, 'crash' | 'workers'>,
): Finding[] => [isolationHeadline(result, params), ...counting(result), ...crashing(result, params), ...costs(result)]
