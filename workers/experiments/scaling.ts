/**
 * Executes `scaling`: one pool of as many workers as are asked for at most, of which 1, 2, … are engaged in interleaved rounds,
 * each for the same work with its serial part. Afterwards speed-ups, models and fits from the paired rounds.
 */
import { buildComparison, findChecksumMismatch, type Measured } from '#lib/experiments/comparison.ts'
import type { ScalingParams, ScalingResult } from '#lib/experiments/scaling.ts'
import { scalingFindings } from '#lib/experiments/scaling-findings.ts'
import { scalingOf } from '#lib/experiments/scaling-model.ts'
import { median } from '#lib/statistics/median.ts'
import { efficiencyOf } from '#lib/trace/efficiency.ts'
import { createExecutor } from '../executors/create-executor.ts'
import type { Executor, TaskError } from '../executors/executor.ts'
import { startupSpansOf } from '../executors/spans-of.ts'
import { type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'
import { divisibleWorkloads } from './scaling/divisible-workload.ts'
import type { PartlySerial } from './scaling/partly-serial.ts'

type Context = RunContext<ScalingParams>

interface Execution extends Measurement {
  serialMs: number
  checksum: string
  /** Milliseconds on the CPU, one per engaged worker. */
  cpuMs: number[]
}

/** A timeline can show so many; whole executions are left out, and counted. */
const SPANS_KEPT = 16_000

export const handler: Handler<ScalingParams, ScalingResult> = async (context) => {
  const { params, machine, signal, clock, emit } = context
  const { strategy, maxWorkers = machine.cpus } = params
  await using executor = createExecutor(strategy, {
    workers: maxWorkers,
    originNs: clock.originNs,
    group: strategy,
  })
  emit.progress({ done: 0, total: 0, label: 'starting', values: { key: strategy }, remainingMs: null })
  await executor.start()
  for (const lane of executor.lanes()) emit.lane(lane)
  emit.spans({ spans: startupSpansOf(executor) })
  const generated = await divisibleWorkloads[params.workload].generate(params, signal)
  signal.throwIfAborted()
  if (!generated.ok) throw failureOf('input', generated.error)
  const counts = Array.from({ length: maxWorkers }, (_, i) => i + 1)
  let spansLeft = SPANS_KEPT
  const { measurements } = await runInterleavedRounds<Execution>({
    contenders: counts.map((workers) => ({
      key: keyOf(strategy, workers),
      run: async (round) => {
        const { spans, ...execution } = await execute(context, { executor, input: generated.value }, workers, round)
        const kept = spans.length <= spansLeft
        if (kept) spansLeft -= spans.length
        emit.spans(kept ? { spans } : { spans: [], omitted: spans.length })
        return execution
      },
    })),
    warmup: params.warmup,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  return resultOf(context, executor, counts, measurements)
}

const keyOf = (strategy: ScalingParams['strategy'], workers: number): string => `${strategy}×${workers}`

const execute = async (
  { params, signal, clock }: Context,
  { executor, input }: { executor: Executor; input: SharedArrayBuffer },
  workers: number,
  round: number,
): Promise<Execution & { spans: PartlySerial['spans'] }> => {
  const outcome = await divisibleWorkloads[params.workload].execute(executor, {
    cut: { size: params.size, seed: params.seed, input },
    serialShare: params.serialShare,
    workers,
    copies: params.scaled ? workers : 1,
    round,
    signal,
    nowUs: () => clock.nowUs(),
  })
  signal.throwIfAborted()
  if (!outcome.ok) throw failureOf(`${keyOf(params.strategy, workers)}, ${outcome.part}`, outcome.error)
  const { reports, spans, elapsedMs, serialMs, checksum } = outcome.value
  const cpuMs = cpuByLane(reports)
  const idle = new Array<number>(Math.max(0, workers - cpuMs.length)).fill(0)
  const fields = { strategy: params.strategy, workers, serialMs }
  return { elapsedMs, serialMs, checksum, spans, cpuMs: [...cpuMs, ...idle], fields }
}

const failureOf = (what: string, error: TaskError): RunFailure =>
  new RunFailure(error.code === 'worker-died' ? 'crashed' : 'internal', `${what}: ${error.message}`)

const cpuByLane = (reports: PartlySerial['reports']): number[] => {
  const lanes = new Map<string, number>()
  for (const { lane, cpuUs } of reports) lanes.set(lane, (lanes.get(lane) ?? 0) + (cpuUs ?? 0) / 1000)
  return [...lanes.values()]
}

const resultOf = (
  { params, machine }: Context,
  executor: Executor,
  counts: readonly number[],
  measurements: ReadonlyMap<string, Execution[]>,
): ScalingResult => {
  const { strategy, scaled, serialShare, seed, warmup } = params
  const executionsOf = (workers: number): Execution[] => measurements.get(keyOf(strategy, workers)) ?? []
  const answers = counts.flatMap((workers) =>
    executionsOf(workers).map(({ checksum }) => ({ key: keyOf(strategy, workers), checksum })),
  )
  const mismatch = findChecksumMismatch(answers)
  if (mismatch) {
    const { expected, actual } = mismatch
    throw new RunFailure(
      'checksum-mismatch',
      `${expected.key} computed ${expected.checksum}, ${actual.key} ${actual.checksum}`,
    )
  }
  const cores = machine.cpus
  const scaling = scalingOf(
    counts.map((workers) => ({ workers, times: executionsOf(workers) })),
    { cores, scaled, askedShare: serialShare },
  )
  const aloneMs = median(executionsOf(1).map(({ elapsedMs }) => elapsedMs))
  const startups = executor.startups()
  const measuredOf = (workers: number): Measured => {
    const own = executionsOf(workers)
    const typical = [...own].sort((a, b) => a.elapsedMs - b.elapsedMs)[Math.floor((own.length - 1) / 2)]
    const point = scaling.points.find((one) => one.workers === workers)
    const timesTheWork = scaled && point?.gustafson ? workTimes(scaling.serialShare ?? serialShare, workers) : 1
    return {
      key: keyOf(strategy, workers),
      strategy,
      workers,
      samplesMs: own.map(({ elapsedMs }) => elapsedMs),
      startupMs: Math.max(0, ...startups.slice(0, workers).map(({ durationUs }) => durationUs / 1000)),
      cpuMs: median(own.map(({ cpuMs }) => cpuMs.reduce((sum, ms) => sum + ms, 0))),
      modelMs: workers === 1 || !point ? null : (aloneMs * timesTheWork) / (point.gustafson ?? point.amdahl),
      efficiency: typical ? efficiencyOf(typical.cpuMs, typical.elapsedMs) : null,
      checksum: typical?.checksum ?? null,
    }
  }
  const partial = {
    comparison: buildComparison({ seed, warmup, baseline: keyOf(strategy, 1), measured: counts.map(measuredOf) }),
    points: scaling.points,
    fit: scaling.fit,
    serialShare: { asked: serialShare, measured: scaling.serialShare ?? serialShare },
    beyondCores: scaling.beyondCores,
    cores,
  }
  return { ...partial, findings: scalingFindings(partial, params), sweep: null }
}

/** How many times one worker's work is done, where the parallel part grows with the workers. */
const workTimes = (serialShare: number, workers: number): number => serialShare + (1 - serialShare) * workers
