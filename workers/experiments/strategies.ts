/**
 * Executes `strategies`: starts each strategy's workers once, then in interleaved rounds the same work by each, forked and
 * joined; for a sweep every value of every strategy takes part in every round. Afterwards: where the time went, what theory
 * says, what copying costs.
 */
import { STRATEGIES, type Strategy } from '#lib/contract/strategy.ts'
import { buildComparison, findChecksumMismatch, type Measured } from '#lib/experiments/comparison.ts'
import { isCpuWorkload, type StrategiesParams, type StrategiesResult } from '#lib/experiments/strategies.ts'
import { strategiesFindings } from '#lib/experiments/strategies-findings.ts'
import { type LaneWork, lossesOf } from '#lib/experiments/strategies-losses.ts'
import { predictStrategyMs, type TaskTimes } from '#lib/experiments/strategies-model.ts'
import { median } from '#lib/statistics/median.ts'
import { efficiencyOf } from '#lib/trace/efficiency.ts'
import { createExecutor } from '../executors/create-executor.ts'
import type { Executor } from '../executors/executor.ts'
import { startupSpansOf } from '../executors/spans-of.ts'
import { type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { roundCpuMs } from '../movies/round-cpu.ts'
import { type ForkJoin, memoryOf } from '../workloads/fork-join.ts'
import { calibrateMixedTask } from '../workloads/mixed.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'
import { makePictureTask } from './strategies/picture.ts'
import { emulatedLatencyMs, type Surroundings, workloadOf } from './strategies/workload-of.ts'

type Context = RunContext<StrategiesParams>

/** One strategy at one value of the sweep, or at the run's own parameters. */
interface Variant {
  key: string
  strategy: Strategy
  workers: number
  tasks: number
  cpuShare: number
  /** null: the run's own parameters, which the comparison is about. */
  value: number | null
  executor: Executor
  startupMs: number
}

interface Round extends Measurement {
  fork: ForkJoin
  cpuMs: number
}

export const handler: Handler<StrategiesParams, StrategiesResult> = async (context) => {
  const { params, signal, emit } = context
  const needsApi = params.workload === 'http' || params.workload === 'mixed'
  if (needsApi && context.movieApi.mode !== 'embedded') {
    throw new RunFailure(
      'movie-api',
      'this workload measures against the embedded movie API, which is off while another one is set',
    )
  }
  await using running = new AsyncDisposableStack()
  const variants = await startVariants(context, running)
  const surroundings: Surroundings = {
    folder: context.folder,
    movieApi: { ...context.movieApi, requestsPerSecond: null },
    numbersPerMs: params.workload === 'mixed' ? await calibrate(variants, signal) : 0,
  }
  const { measurements, samplesMs } = await runInterleavedRounds<Round>({
    contenders: variants.map((variant) => ({
      key: variant.key,
      run: (round) => measure(context, surroundings, variant, round),
    })),
    warmup: params.warmup,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  refuseDifferentAnswers(variants, measurements)
  // Awaited here: the workers, which it still asks, end with this block.
  return await finish(context, surroundings, variants, measurements, samplesMs)
}

const startVariants = async (context: Context, running: AsyncDisposableStack): Promise<Variant[]> => {
  const { params, signal, clock, emit, machine } = context
  const own = { workers: params.workers ?? machine.cpus, tasks: params.tasks, cpuShare: params.cpuShare }
  const points = [
    { ...own, value: null as number | null },
    ...(params.sweep?.values ?? []).map((value) => ({ ...own, [params.sweep?.param ?? 'tasks']: value, value })),
  ]
  const executors = new Map<string, { executor: Executor; startupMs: number }>()
  const variants: Variant[] = []
  // In one order whatever the form sent, so that charts and rounds of equal runs are alike.
  for (const strategy of STRATEGIES.filter((one) => params.strategies.includes(one))) {
    for (const point of points) {
      const workers = strategy === 'sequential' ? 1 : point.workers
      const group = workers === own.workers || strategy === 'sequential' ? strategy : `${strategy}×${workers}`
      const started = executors.get(group) ?? (await startExecutor(strategy, workers, group))
      executors.set(group, started)
      const key = point.value === null ? strategy : `${strategy}@${point.value}`
      variants.push({ ...point, ...started, key, strategy, workers })
    }
  }
  return variants

  async function startExecutor(strategy: Strategy, workers: number, group: string) {
    signal.throwIfAborted()
    emit.progress({ done: executors.size, total: 0, label: 'starting', values: { key: group }, remainingMs: null })
    const executor = running.use(createExecutor(strategy, { workers, originNs: clock.originNs, group }))
    const { startupUs } = await executor.start()
    for (const lane of executor.lanes()) emit.lane(lane)
    emit.spans({ spans: startupSpansOf(executor) })
    return { executor, startupMs: startupUs / 1000 }
  }
}

/** Measured in a worker of its own while nothing else runs, so that every strategy does the same counted work. */
const calibrate = async ([first]: readonly Variant[], signal: AbortSignal): Promise<number> => {
  const outcome = await first?.executor.submit(calibrateMixedTask, null, { signal })
  signal.throwIfAborted()
  if (!outcome?.ok || outcome.value <= 0)
    throw new RunFailure('internal', 'this machine could not be calibrated for mixed work')
  return outcome.value
}

const measure = async (
  { params, signal, clock, emit }: Context,
  surroundings: Surroundings,
  variant: Variant,
  round: number,
): Promise<Round> => {
  const { executor, tasks } = variant
  const workload = workloadOf(params, surroundings, variant)
  const cpu = await roundCpuMs(executor)
  const cut = { size: params.size, tasks, seed: params.seed, memory: memoryOf(executor) }
  const outcome = await workload.forkJoin(executor, { cut, round, signal, nowUs: () => clock.nowUs() })
  signal.throwIfAborted()
  if (!outcome.ok) {
    const { error, task } = outcome
    const full = /ENOSPC|EACCES|EROFS|SQLITE_FULL|disk is full|readonly/i.test(error.message)
    const code =
      error.code === 'worker-died'
        ? 'crashed'
        : full
          ? 'storage'
          : params.workload === 'http'
            ? 'movie-api'
            : 'internal'
    throw new RunFailure(code, `${variant.key}, ${task === 'join' ? 'join' : `task ${task + 1}`}: ${error.message}`)
  }
  const { value } = outcome
  // Of a sweep only the run's own parameters are drawn: the others would fill the timeline with the same picture.
  if (variant.value === null) emit.spans({ spans: value.spans })
  const cpuMs = (await cpu([...value.reports, value.joinReport])) || 0
  return { elapsedMs: value.elapsedMs, fork: value, cpuMs, fields: sampleFields(params, variant) }
}

const sampleFields = (params: StrategiesParams, { strategy, workers, tasks, value }: Variant) => ({
  strategy,
  workers,
  tasks,
  ...(params.sweep && { [params.sweep.param]: value }),
})

/** Every strategy must have computed the same answer, at each value of the sweep and in every round. */
const refuseDifferentAnswers = (variants: readonly Variant[], rounds: ReadonlyMap<string, Round[]>): void => {
  const values = new Set(variants.map(({ value }) => value))
  for (const value of values) {
    const own = variants.filter((variant) => variant.value === value)
    const answers = own.flatMap(({ key }) =>
      (rounds.get(key) ?? []).map(({ fork }) => ({ key, checksum: fork.joined.checksum })),
    )
    const mismatch = findChecksumMismatch(answers)
    if (mismatch) {
      const { expected, actual } = mismatch
      throw new RunFailure(
        'checksum-mismatch',
        `${expected.key} computed ${expected.checksum}, ${actual.key} ${actual.checksum}`,
      )
    }
  }
}

/** The round whose time is nearest to the median: what is said about where the time went is about this one. */
const typicalOf = (rounds: readonly Round[]): Round | undefined =>
  [...rounds].sort((a, b) => a.elapsedMs - b.elapsedMs)[Math.floor((rounds.length - 1) / 2)]

const laneWork = (variant: Variant, { fork, cpuMs }: Round): LaneWork[] => {
  const lanes = new Map<string, LaneWork & { intervals: { start: number; end: number }[] }>()
  const threads = variant.strategy === 'async' ? 1 : variant.workers
  for (const report of fork.reports) {
    const lane = lanes.get(report.lane) ?? { intervals: [], cpuMs: 0 }
    lane.intervals.push({ start: report.startedUs / 1000, end: report.finishedUs / 1000 })
    // Tasks of one event loop can't tell their CPU time apart: the loop's own is taken.
    lane.cpuMs = variant.strategy === 'async' ? cpuMs : lane.cpuMs + (report.cpuUs ?? 0) / 1000
    lanes.set(report.lane, lane)
  }
  const idle = Array.from({ length: Math.max(0, threads - lanes.size) }, () => ({ intervals: [], cpuMs: 0 }))
  return [...lanes.values(), ...idle]
}

const taskTimes = ({ fork }: Round): TaskTimes[] =>
  fork.reports.map(({ startedUs, finishedUs, cpuUs }) => {
    const wholeMs = (finishedUs - startedUs) / 1000
    const cpuMs = Math.min(wholeMs, (cpuUs ?? 0) / 1000)
    return { cpuMs, waitMs: wholeMs - cpuMs }
  })

const finish = async (
  context: Context,
  surroundings: Surroundings,
  variants: readonly Variant[],
  rounds: ReadonlyMap<string, Round[]>,
  samplesMs: ReadonlyMap<string, number[]>,
): Promise<StrategiesResult> => {
  const { params, machine, signal } = context
  const computes = isCpuWorkload(params.workload)
  const measuredOf = (variant: Variant): Measured => {
    const own = rounds.get(variant.key) ?? []
    const typical = typicalOf(own)
    const base = typicalOf(rounds.get(variant.key.replace(variant.strategy, 'sequential')) ?? [])
    const lanes = typical ? laneWork(variant, typical) : []
    return {
      key: variant.key,
      strategy: variant.strategy,
      workers: variant.workers,
      samplesMs: samplesMs.get(variant.key) ?? [],
      startupMs: variant.startupMs,
      cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
      modelMs: base
        ? predictStrategyMs(variant.strategy, {
            tasks: taskTimes(base),
            joinMs: base.fork.joinedMs - base.fork.mappedMs,
            workers: variant.workers,
            cores: machine.cpus,
            blocking: params.workload === 'database',
            largestFirst: params.workload === 'primes' || params.workload === 'fibonacci',
          })
        : null,
      efficiency: typical
        ? efficiencyOf(
            lanes.map(({ intervals, cpuMs }) => usefulMs(intervals, cpuMs, computes)),
            typical.elapsedMs,
          )
        : null,
      checksum: typical?.fork.joined.checksum ?? null,
      extra: { tasks: variant.tasks, computes },
    }
  }
  const ownVariants = variants.filter(({ value }) => value === null)
  const comparison = buildComparison({
    seed: params.seed,
    warmup: params.warmup,
    measured: ownVariants.map(measuredOf),
  })
  const { sweep } = params
  const points = (sweep?.values ?? []).map((value) => {
    const at = variants.filter((variant) => variant.value === value)
    const { entries } = buildComparison({
      baseline: `sequential@${value}`,
      seed: params.seed,
      warmup: params.warmup,
      measured: at.map(measuredOf),
    })
    return {
      value,
      entries: entries.map(({ key, medianMs, ci95Ms, speedup }) => ({
        key: key.replace(/@.*/, ''),
        medianMs,
        ci95Ms,
        speedup,
      })),
    }
  })
  const losses = Object.fromEntries(
    ownVariants.flatMap((variant) => {
      const typical = typicalOf(rounds.get(variant.key) ?? [])
      if (!typical) return []
      const { startMs, mappedMs, joinedMs } = typical.fork
      return [
        [
          variant.key,
          lossesOf({ startMs, mappedMs, joinedMs, startupMs: variant.startupMs, lanes: laneWork(variant, typical) }),
        ],
      ]
    }),
  )
  const processes = ownVariants.find(({ strategy }) => strategy === 'processes')
  const cut = { size: params.size, tasks: params.tasks, seed: params.seed, memory: 'copied' as const }
  const copying = processes
    ? await workloadOf(params, surroundings, processes).copy(processes.executor, cut, signal)
    : null
  const [first] = ownVariants
  const latencyMs = emulatedLatencyMs(params, params.cpuShare)
  const partial = { comparison, sweep: sweep && { param: sweep.param, points }, cores: machine.cpus, copying }
  return {
    ...partial,
    losses,
    findings: strategiesFindings({
      params,
      kind: computes ? 'cpu' : params.workload === 'mixed' ? 'mixed' : 'io',
      result: partial,
    }),
    artefact: first ? await artefactOf(context, first, rounds) : null,
    emulated: latencyMs === null ? null : { latencyMs },
  }
}

/** Time on the CPU where the work computes; else the time in which something was under way. */
const usefulMs = (intervals: LaneWork['intervals'], cpuMs: number, computes: boolean): number =>
  computes ? cpuMs : intervals.reduce((sum, { start, end }) => sum + end - start, 0)

const artefactOf = async ({ params, signal }: Context, first: Variant, rounds: ReadonlyMap<string, Round[]>) => {
  if (params.workload !== 'image') return rounds.get(first.key)?.at(-1)?.fork.joined.artefact ?? null
  const outcome = await first.executor.submit(makePictureTask, { size: params.size, seed: params.seed }, { signal })
  return outcome.ok ? { ...outcome.value } : null
}
