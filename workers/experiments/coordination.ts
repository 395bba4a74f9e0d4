/**
 * Executes `coordination`: starts the threads, lets them do a few items so that their code is compiled, then the run that counts. What
 * they noted becomes the result; the watchdog of every wait sees to it that a run with a mistake in it ends, too.
 */
import type { Flow } from '#lib/contract/trace.ts'
import type { CoordinationParams, CoordinationResult } from '#lib/experiments/coordination.ts'
import { coordinationFindings } from '#lib/experiments/coordination-findings.ts'
import { planWorks } from '#lib/experiments/coordination-model.ts'
import { splitHeld } from '../threads/held-spans.ts'
import { type CrewRun, laneId, startThreadCrew, type ThreadCrew } from '../threads/thread-crew.ts'
import { returned } from '../threads/thread-outcome.ts'
import { calibrateProgram, coordinateProgram } from './coordination/coordinate.ts'
import { coordinationFigures } from './coordination/coordination-figures.ts'
import { type CoordinationArgs, createMemory } from './coordination/coordination-memory.ts'
import type { ThreadAccount } from './coordination/thread-ledger.ts'
import type { Handler, RunContext } from './run-context.ts'

type Context = RunContext<CoordinationParams>

const LABELS = [
  { kind: 'wait', name: 'waiting' },
  { kind: 'held', name: 'holding' },
  { kind: 'cpu', name: 'working' },
] as const
/** Three spans an item; what is beyond is counted as left out. */
const SPANS_KEPT = 1_200
const WARM_UP_ITEMS = 20

export const handler: Handler<CoordinationParams, CoordinationResult> = async (context) => {
  const { params, signal, emit, clock, machine } = context
  const progress = (label: string, done: number): void =>
    emit.progress({ label, values: { key: params.scenario }, done, total: 2, remainingMs: null })
  progress('starting', 0)
  await using crew = await startThreadCrew({
    threads: params.threads,
    originNs: clock.originNs,
    signal,
    spanCapacity: SPANS_KEPT,
  })
  for (const lane of crew.lanes(params.scenario)) emit.lane(lane)
  const [stepsPerUs = 1] = returned(await crew.run(calibrateProgram, { shared: null, argsOf: () => null, threads: 1 }))
  const works = planWorks(params).map((own) => own.map((us) => Math.round(us * stepsPerUs)))
  await execute(context, crew, works, { items: Math.min(WARM_UP_ITEMS, params.items), bug: 'none' })
  progress('coordinating', 1)
  const run = await execute(context, crew, works, { items: params.items, bug: params.bug })
  const accounts = returned(run)
  emitTrace(context, run, accounts)
  const startUs = Math.min(...accounts.map((account) => account.startUs))
  const elapsedMs = (Math.max(...accounts.map(({ endUs }) => endUs)) - startUs) / 1000
  emit.sample({ key: params.scenario, round: 0, elapsedMs })
  progress('coordinating', 2)
  const figures = coordinationFigures(params, accounts, elapsedMs, machine.cpus)
  return { ...figures, findings: coordinationFindings(figures, params) }
}

const execute = async (
  { params, signal }: Context,
  crew: ThreadCrew,
  works: readonly number[][],
  { items, bug }: Pick<CoordinationArgs, 'items' | 'bug'>,
): Promise<CrewRun<ThreadAccount>> => {
  const { scenario, capacity, watchdogMs, threads } = params
  const run = await crew.run(coordinateProgram, {
    shared: createMemory(threads, items, capacity),
    argsOf: (index) => ({ scenario, bug, items, capacity, watchdogMs, steps: works[index] ?? [0] }),
    labels: LABELS,
  })
  signal.throwIfAborted()
  return run
}

const emitTrace = (
  { params, emit }: Context,
  run: CrewRun<ThreadAccount>,
  accounts: readonly ThreadAccount[],
): void => {
  const group = params.scenario
  const threads = splitHeld(
    run.threads.map(({ spans }) => spans),
    (name) => `${name}, others wait`,
  )
  const spans = threads.flatMap((own, index) =>
    own.map(({ kind, name, startUs, endUs }) => ({
      ...{ lane: laneId(group, index), name, kind, start: startUs, duration: endUs - startUs },
    })),
  )
  const untilUs = Math.max(0, ...spans.map(({ start, duration }) => start + duration))
  const flows = accounts.flatMap((account, index) =>
    account.flows
      .filter(({ toUs }) => toUs <= untilUs)
      .map(
        ({ from, fromUs, toUs }, i): Flow => ({
          id: `${index}-${i}`,
          name: 'signal',
          from: { lane: laneId(group, from), at: fromUs },
          to: { lane: laneId(group, index), at: toUs },
        }),
      ),
  )
  emit.spans({ spans, flows, omitted: run.omitted })
}
