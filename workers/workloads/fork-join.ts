/**
 * One execution of a workload by an executor: fork (map its tasks), then join (a task too). What is measured begins when the
 * tasks are handed over and ends when the joined answer is back; cutting the work into tasks comes before and is not counted.
 */
import type { Span } from '#lib/contract/trace.ts'
import type { Executor, TaskError, TaskReport } from '../executors/executor.ts'
import { spansOf } from '../executors/spans-of.ts'
import type { CutOptions, Joined, Workload } from './workload.ts'

export interface ForkJoin {
  elapsedMs: number
  joined: Joined
  /** Of the tasks, in their order; the join's own stands apart. */
  reports: TaskReport[]
  joinReport: TaskReport
  /** Milliseconds on the run's clock: tasks handed over, all back, joined (as if the join had begun at once). */
  startMs: number
  mappedMs: number
  joinedMs: number
  spans: Span[]
}

export type ForkJoinOutcome = { ok: true; value: ForkJoin } | { ok: false; error: TaskError; task: number | 'join' }

export interface ForkJoinOptions {
  cut: CutOptions
  round: number
  signal: AbortSignal
  /** Microseconds on the run's clock. */
  nowUs: () => number
  /** Called when the tasks are back, before the join begins; the time it takes is not counted. */
  onMapped?: (reports: readonly TaskReport[]) => Promise<void>
}

/** Threads see one memory; a process has its own. */
export const memoryOf = (executor: Pick<Executor, 'strategy'>): CutOptions['memory'] =>
  executor.strategy === 'processes' ? 'copied' : 'shared'

export const forkJoin = async <Args, Part, Extra extends object>(
  executor: Executor,
  workload: Workload<Args, Part, Extra>,
  { cut: options, round, signal, nowUs, onMapped }: ForkJoinOptions,
): Promise<ForkJoinOutcome> => {
  const cut = workload.cut(options)
  const startMs = nowUs() / 1000
  const outcomes = await executor.map(cut.task, cut.argsList, { sizes: cut.sizes, signal })
  const mappedMs = nowUs() / 1000
  const parts: Part[] = []
  for (const [task, outcome] of outcomes.entries()) {
    if (!outcome.ok) return { ok: false, error: outcome.error, task }
    parts.push(outcome.value)
  }
  const reports = outcomes.map(({ report }) => report)
  await onMapped?.(reports)
  const betweenMs = onMapped ? nowUs() / 1000 - mappedMs : 0
  const join = await executor.submit(cut.joinTask, { parts, ...cut.joinArgs }, { signal })
  const joinedMs = nowUs() / 1000 - betweenMs
  if (!join.ok) return { ok: false, error: join.error, task: 'join' }
  const kind = workload.kind === 'io' ? 'io' : 'cpu'
  return {
    ok: true,
    value: {
      elapsedMs: joinedMs - startMs,
      joined: join.value,
      reports,
      joinReport: join.report,
      startMs,
      mappedMs,
      joinedMs,
      spans: [
        ...spansOf(executor, outcomes, { name: (index) => `${workload.id} ${index + 1}`, kind, round }),
        ...spansOf(executor, [join], { name: 'join', kind: 'cpu', round }),
      ],
    },
  }
}
