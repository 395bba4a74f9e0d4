/**
 * Who serves under each kind: one event loop with both kinds of work, or two threads or processes with one each. Every server
 * is an executor with one worker, so its thread or process, its start and its end are the executor's.
 */

import type { Strategy } from '#lib/contract/strategy.ts'
import type { Lane, Span } from '#lib/contract/trace.ts'
import type { SchedulingKind } from '#lib/experiments/scheduling-kinds.ts'
import { createExecutor } from '../../executors/create-executor.ts'
import type { Executor, TaskOutcome } from '../../executors/executor.ts'
import { startupSpansOf } from '../../executors/spans-of.ts'
import { RunFailure } from '../run-context.ts'
import { prepareTask } from './serve-stretch.ts'

export type Role = 'both' | 'shorts' | 'long'

export interface Server {
  role: Role
  executor: Executor
  /** The lane as the trace has it: of the kind's group, numbered within it. */
  lane: Lane
}

const TOPOLOGY: Record<SchedulingKind, { strategy: Strategy; roles: readonly Role[] }> = {
  cooperative: { strategy: 'async', roles: ['both'] },
  'cooperative-yielding': { strategy: 'async', roles: ['both'] },
  preemptive: { strategy: 'threads', roles: ['shorts', 'long'] },
  multiprocess: { strategy: 'processes', roles: ['shorts', 'long'] },
}

const NAMES: Record<Role, string> = { both: 'all work', shorts: 'short requests', long: 'long computation' }

/** The value of a task, or the run's failure: a server that can't serve is no measurement. */
export const valueOrFailure = <Value>(outcome: TaskOutcome<Value>, signal: AbortSignal): Value => {
  if (outcome.ok) return outcome.value
  signal.throwIfAborted()
  throw new RunFailure('crashed', `${outcome.error.name}: ${outcome.error.message}`)
}

export interface StartedKind {
  kind: SchedulingKind
  servers: Server[]
  startupMs: number
  spans: Span[]
}

/** Starts and warms up the servers of a kind; they are ended when `running` is disposed. */
export const startKind = async (
  kind: SchedulingKind,
  { originNs, signal, running }: { originNs: bigint; signal: AbortSignal; running: AsyncDisposableStack },
): Promise<StartedKind> => {
  const { strategy, roles } = TOPOLOGY[kind]
  const servers: Server[] = []
  const spans: Span[] = []
  let startupUs = 0
  for (const [position, role] of roles.entries()) {
    const executor = running.use(createExecutor(strategy, { workers: 1, originNs, group: `${kind}-${role}` }))
    startupUs += (await executor.start()).startupUs
    signal.throwIfAborted()
    valueOrFailure(await executor.submit(prepareTask, { originNs }, { signal }), signal)
    const [own] = executor.lanes()
    if (own === undefined) throw new RunFailure('crashed', `no ${strategy} could be started`)
    const index = position + 1
    const lane = { ...own, id: `${kind}/${own.kind}-${index}`, group: kind, index, name: `${kind}: ${NAMES[role]}` }
    servers.push({ role, executor, lane })
    spans.push(...startupSpansOf(executor).map((span) => ({ ...span, lane: lane.id })))
  }
  return { kind, servers, startupMs: startupUs / 1000, spans }
}
