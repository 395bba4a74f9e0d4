/** The counter, incremented by several workers in four ways that take turns. */
import { serialize } from 'node:v8'
import type { Span } from '#lib/contract/trace.ts'
import { type Count, countSchema } from '#lib/experiments/isolation.ts'
import { COUNT_KINDS, type CountKind } from '#lib/experiments/isolation-kinds.ts'
import { createExecutor } from '../../executors/create-executor.ts'
import type { Executor, TaskOutcome } from '../../executors/executor.ts'
import { spansOf, startupSpansOf } from '../../executors/spans-of.ts'
import { type Measurement, runInterleavedRounds } from '../../measuring/interleaved-rounds.ts'
import { type RunContext, RunFailure } from '../run-context.ts'
import { type CountUpArgs, countUpTask } from './count-up.ts'

interface CountParams {
  workers: number
  increments: number
  rounds: number
  warmup: number
  seed: number
}

interface Try {
  actual: number
  perWorker: number[]
}

interface Round extends Measurement {
  tries: Try[]
}

/** Counts of one kind in a round: many where one takes less than a turn at a core, in which threads may never meet. */
const TRIES_A_ROUND = 20
const FEWEST_TRIES = 3
const INCREMENTS_A_ROUND = 4_000_000
/** Of each round, on the timeline. */
const TRIES_DRAWN = 3

/** The key of each kind's samples: apart from those of the other measurements of this run. */
const SAMPLE_KEY: Record<CountKind, string> = {
  threads: 'count-plain',
  threadsAtomic: 'count-atomic',
  threadsOrdinary: 'count-ordinary',
  processes: 'count-processes',
}

const processLane = (i: number) => ({
  id: `counting-processes/process-${i + 1}`,
  group: 'counting-processes',
  index: i + 1,
})
const onProcessLane = (spans: readonly Span[], i: number): Span[] =>
  spans.map((span) => ({ ...span, lane: processLane(i).id }))

/** What the counter is for this kind; made anew for every try. */
const counterOf = (kind: CountKind): Int32Array =>
  kind === 'threads' || kind === 'threadsAtomic' ? new Int32Array(new SharedArrayBuffer(4)) : new Int32Array(1)

/** The try that lost the most: a program that is wrong once is wrong. */
const countOf = (expected: number, tries: readonly Try[]): Count => {
  const [worst] = [...tries].sort((a, b) => a.actual - b.actual)
  return countSchema.parse({
    expected,
    actual: worst?.actual,
    perWorker: worst?.perWorker,
    tries: tries.map(({ actual }) => actual),
  })
}

export const countTogether = async (context: RunContext<CountParams>): Promise<Record<CountKind, Count>> => {
  const { params, clock, signal, emit } = context
  const { workers, increments } = params
  await using running = new AsyncDisposableStack()
  // One executor each: a pool's fast process could count for two, in one copy.
  const processes = Array.from({ length: workers }, (_, i) =>
    running.use(
      createExecutor('processes', { workers: 1, originNs: clock.originNs, group: `counting-process-${i + 1}` }),
    ),
  )
  emit.progress({ label: 'starting', values: { key: 'counting-threads' }, done: 0, total: 1, remainingMs: null })
  await Promise.all(processes.map((one) => one.start()))
  signal.throwIfAborted()
  for (const [i, executor] of processes.entries()) {
    for (const lane of executor.lanes()) emit.lane({ ...lane, ...processLane(i) })
    emit.spans({ spans: onProcessLane(startupSpansOf(executor), i) })
  }

  let threads: { round: number; executor: Executor } | null = null
  // New ones in every round: the system keeps a thread on its core, and two that once got the same one would never meet.
  const threadsOf = async (round: number): Promise<Executor> => {
    if (threads?.round === round) return threads.executor
    await threads?.executor.shutdown()
    const executor = running.use(
      createExecutor('threads', { workers, originNs: clock.originNs, group: 'counting-threads' }),
    )
    threads = { round, executor }
    await executor.start()
    signal.throwIfAborted()
    for (const lane of executor.lanes()) emit.lane(lane)
    emit.spans({ spans: startupSpansOf(executor) })
    return executor
  }

  const outcomesOf = (kind: CountKind, pool: Executor, args: CountUpArgs): Promise<TaskOutcome<number>[]> =>
    kind === 'processes'
      ? Promise.all(processes.map((one) => one.submit(countUpTask, args, { signal })))
      : pool.map(countUpTask, new Array<CountUpArgs>(workers).fill(args), { signal })

  const tryOnce = async (kind: CountKind, round: number, drawn: boolean): Promise<Try> => {
    const counter = counterOf(kind)
    const gate = kind === 'processes' ? null : { arrived: new Int32Array(new SharedArrayBuffer(4)), workers }
    const pool = await threadsOf(round)
    const outcomes = await outcomesOf(kind, pool, { counter, increments, atomic: kind === 'threadsAtomic', gate })
    signal.throwIfAborted()
    const perWorker = outcomes.map((outcome) => {
      if (!outcome.ok) throw new RunFailure('crashed', `${outcome.error.name}: ${outcome.error.message}`)
      return outcome.value
    })
    for (const [i, executor] of (kind === 'processes' ? processes : [pool]).entries()) {
      const own = kind === 'processes' ? outcomes.slice(i, i + 1) : outcomes
      const spans = spansOf(executor, own, { name: SAMPLE_KEY[kind], kind: 'cpu', round })
      if (drawn) emit.spans({ spans: kind === 'processes' ? onProcessLane(spans, i) : spans })
      else emit.spans({ spans: [], omitted: spans.length })
    }
    return { actual: counter[0] ?? 0, perWorker }
  }

  const perRound = Math.max(
    FEWEST_TRIES,
    Math.min(TRIES_A_ROUND, Math.floor(INCREMENTS_A_ROUND / (increments * workers))),
  )
  const runRound = async (kind: CountKind, round: number): Promise<Round> => {
    await threadsOf(round)
    const before = performance.now()
    const tries: Try[] = []
    while (tries.length < perRound) tries.push(await tryOnce(kind, round, tries.length < TRIES_DRAWN))
    const elapsedMs = (performance.now() - before) / perRound
    return {
      elapsedMs,
      tries,
      fields: { expected: workers * increments, actual: Math.min(...tries.map(({ actual }) => actual)) },
    }
  }

  const { measurements } = await runInterleavedRounds<Round>({
    contenders: COUNT_KINDS.map((kind) => ({ key: SAMPLE_KEY[kind], run: (round) => runRound(kind, round) })),
    ...params,
    signal,
    emit,
  })
  const of = (kind: CountKind): Count =>
    countOf(workers * increments, measurements.get(SAMPLE_KEY[kind])?.flatMap(({ tries }) => tries) ?? [])
  return {
    threads: of('threads'),
    threadsAtomic: of('threadsAtomic'),
    threadsOrdinary: of('threadsOrdinary'),
    processes: of('processes'),
  }
}

/** What happens when shared memory is sent to a process: tried with the serialiser of its channel. Null where it is accepted. */
export const sendSharedMemory = (): string | null => {
  try {
    serialize(new SharedArrayBuffer(4))
    return null
  } catch (refusal) {
    return refusal instanceof Error ? refusal.message : String(refusal)
  }
}
