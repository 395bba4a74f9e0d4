/**
 * One execution of a workload of which one worker does a share before the others may begin: real tasks of the work itself, not
 * a pause. Then the rest by all engaged workers, then the join by one. With more copies the parallel part grows, not the serial.
 */
import type { Span } from '#lib/contract/trace.ts'
import type { Executor, TaskError, TaskOutcome, TaskReport } from '../../executors/executor.ts'
import { spansOf } from '../../executors/spans-of.ts'
import { memoryOf } from '../../workloads/fork-join.ts'
import type { CutOptions, Workload } from '../../workloads/workload.ts'

export interface PartlySerialOptions {
  cut: Omit<CutOptions, 'memory'>
  /** Of the whole work, by the tasks' sizes. */
  serialShare: number
  workers: number
  /** How often the parallel part is done. */
  copies: number
  round: number
  signal: AbortSignal
  /** Microseconds on the run's clock. */
  nowUs: () => number
}

export interface PartlySerial {
  elapsedMs: number
  serialMs: number
  checksum: string
  reports: TaskReport[]
  spans: Span[]
}

export type PartlySerialOutcome = { ok: true; value: PartlySerial } | { ok: false; error: TaskError; part: string }

/**
 * Which tasks make up the share: spread evenly over the list, so that easy and hard ones fall to both parts alike, and chosen so
 * that their sizes come as near to the share as whole tasks allow.
 */
export const serialTasks = (sizes: readonly number[], share: number): Set<number> => {
  const chosen = new Set<number>()
  let passed = 0
  let taken = 0
  for (const [index, size] of sizes.entries()) {
    passed += size
    if (taken + size / 2 > passed * share) continue
    taken += size
    chosen.add(index)
  }
  return chosen
}

const firstFailure = (outcomes: readonly TaskOutcome<unknown>[]): TaskError | null => {
  const failed = outcomes.find((outcome) => !outcome.ok)
  return failed && !failed.ok ? failed.error : null
}

export const executePartlySerial = async <Args, Part, Extra extends object>(
  executor: Executor,
  workload: Workload<Args, Part, Extra>,
  options: PartlySerialOptions,
): Promise<PartlySerialOutcome> => {
  const { serialShare, workers, copies, round, signal, nowUs } = options
  const cutOptions = { ...options.cut, memory: memoryOf(executor) }
  const cut = workload.cut(cutOptions)
  const { task, argsList, sizes = argsList.map(() => 1) } = cut
  const serial = serialTasks(sizes, serialShare)
  const isSerial = (_: unknown, index: number): boolean => serial.has(index)
  const isParallel = (_: unknown, index: number): boolean => !serial.has(index)
  // Cut anew, because some tasks write where they read: two workers must not do the very same one at once.
  const further = Array.from({ length: copies - 1 }, () => workload.cut(cutOptions).argsList.filter(isParallel))
  const parallelArgs = [...argsList.filter(isParallel), ...further.flat()]
  const ownSizes = sizes.filter(isParallel)
  const parallelSizes = Array.from({ length: copies }, () => ownSizes).flat()

  executor.engage(1)
  // Until now a process of the execution before, which had more workers, could take a task of this one.
  await executor.settled()
  const startUs = nowUs()
  const before = await executor.map(task, argsList.filter(isSerial), { signal })
  const forkedUs = nowUs()
  executor.engage(workers)
  const among = await executor.map(task, parallelArgs, { sizes: parallelSizes, signal })
  const mappedUs = nowUs()
  const failure = firstFailure([...before, ...among])
  if (failure) return { ok: false, error: failure, part: 'a task' }
  executor.engage(1)
  const serialParts = before[Symbol.iterator]()
  const parallelParts = among[Symbol.iterator]()
  const parts = argsList.flatMap((_, index): Part[] => {
    const { value } = (serial.has(index) ? serialParts : parallelParts).next()
    return value?.ok ? [value.value] : []
  })
  const join = await executor.submit(cut.joinTask, { parts, ...cut.joinArgs }, { signal })
  const joinedUs = nowUs()
  if (!join.ok) return { ok: false, error: join.error, part: 'the join' }
  return {
    ok: true,
    value: {
      elapsedMs: (joinedUs - startUs) / 1000,
      serialMs: (forkedUs - startUs + joinedUs - mappedUs) / 1000,
      checksum: join.value.checksum,
      reports: [...before, ...among, join].map(({ report }) => report),
      spans: [
        ...spansOf(executor, before, { name: 'serial', kind: 'cpu', round }),
        ...spansOf(executor, among, { name: 'parallel', kind: 'cpu', round }),
        ...spansOf(executor, [join], { name: 'join', kind: 'cpu', round }),
      ],
    },
  }
}
