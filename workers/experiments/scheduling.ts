/**
 * Executes scheduling: starts every kind's servers once, then lets the kinds take turns, stretch by stretch. In a stretch short
 * requests and one long computation arrive by a schedule that load generators in threads of their own keep, so latency
 * counts from when a request should have come (no coordinated omission), not from when the server was able to look.
 */
import { buildComparison, findChecksumMismatch } from '#lib/experiments/comparison.ts'
import type { SchedulingParams, SchedulingResult } from '#lib/experiments/scheduling.ts'
import { schedulingFindings } from '#lib/experiments/scheduling-findings.ts'
import { SCHEDULING_KINDS } from '#lib/experiments/scheduling-kinds.ts'
import { predictP99Ms } from '#lib/experiments/scheduling-model.ts'
import { durationForRounds, planStretches, type StretchPlan } from '#lib/experiments/scheduling-plan.ts'
import { median } from '#lib/statistics/median.ts'
import { type Contender, type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'
import { calibrateTask } from './scheduling/computation.ts'
import { figuresOf, histogramEdges, type MeasuredStretch, percentilesOfStretch } from './scheduling/kind-figures.ts'
import { type Served, serveStretchTask } from './scheduling/serve-stretch.ts'
import { type Server, type StartedKind, startKind, valueOrFailure } from './scheduling/servers.ts'
import { traceStretch, waitingCounter, waitingLane } from './scheduling/stretch-trace.ts'

type Context = RunContext<SchedulingParams>

interface Stretch extends Measurement {
  measured: MeasuredStretch
  checksum: string
  cpuMs: number
}

/** Before a stretch's first moment, so that every server has its task by then. */
const HEAD_START_US = 20_000

export const handler: Handler<SchedulingParams, SchedulingResult> = async (context) => {
  const { params, signal, emit } = context
  const plan = planStretches(params)
  await using running = new AsyncDisposableStack()
  const kinds = await startKinds(context, running)
  const numbersPerMs = await calibrateOn(kinds[0], signal)
  const { measurements } = await runInterleavedRounds<Stretch>({
    contenders: kinds.map((kind) => contenderOf(kind, context, plan, numbersPerMs)),
    warmup: params.warmup,
    rounds: plan.count,
    seed: params.seed,
    signal,
    emit,
  })
  return resultOf(context, plan, kinds, measurements)
}

const startKinds = async (
  { params, signal, clock, emit }: Context,
  running: AsyncDisposableStack,
): Promise<StartedKind[]> => {
  // In one order whatever the form sent, so that charts and rounds of equal runs are alike.
  const wanted = SCHEDULING_KINDS.filter((kind) => params.kinds.includes(kind))
  const started: StartedKind[] = []
  for (const [done, kind] of wanted.entries()) {
    signal.throwIfAborted()
    emit.progress({ label: 'starting', values: { key: kind }, done, total: wanted.length, remainingMs: null })
    const one = await startKind(kind, { originNs: clock.originNs, signal, running })
    for (const { lane } of one.servers) emit.lane(lane)
    emit.lane(waitingLane(kind))
    emit.spans({ spans: one.spans })
    started.push(one)
  }
  return started
}

const calibrateOn = async (kind: StartedKind | undefined, signal: AbortSignal): Promise<number> => {
  const [server] = kind?.servers ?? []
  if (server === undefined) throw new RunFailure('internal', 'there is no kind to measure')
  return valueOrFailure(await server.executor.submit(calibrateTask, null, { signal }), signal)
}

const contenderOf = (
  { kind, servers }: StartedKind,
  { params, clock, signal, emit }: Context,
  plan: StretchPlan,
  numbersPerMs: number,
): Contender<Stretch> => ({
  key: kind,
  run: async (round) => {
    const startUs = clock.nowUs() + HEAD_START_US
    const scheduledUs = Array.from(
      { length: plan.shorts },
      (_, i) => startUs + (plan.firstMs + i * params.shortEveryMs) * 1000,
    )
    const longAtUs = startUs + plan.longAtMs * 1000
    const common = {
      originNs: clock.originNs,
      firstUs: scheduledUs[0] ?? startUs,
      everyUs: params.shortEveryMs * 1000,
      shortNumbers: Math.max(1, Math.round(params.shortMs * numbersPerMs)),
      sliceUs: kind === 'cooperative-yielding' ? params.sliceMs * 1000 : null,
      numbersPerMs,
    }
    const serve = async (server: Server): Promise<{ server: Server; served: Served }> => {
      const args = {
        ...common,
        shorts: server.role === 'long' ? 0 : plan.shorts,
        long: server.role === 'shorts' ? null : { atUs: longAtUs, numbers: Math.round(params.longMs * numbersPerMs) },
      }
      return {
        server,
        served: valueOrFailure(await server.executor.submit(serveStretchTask, args, { signal }), signal),
      }
    }
    const answers = await Promise.all(servers.map(serve))
    signal.throwIfAborted()
    const measured = measuredStretch(answers, scheduledUs, longAtUs)
    emit.spans(traceStretch({ kind, round, servers: answers, scheduledUs }))
    emit.counters([waitingCounter(kind, scheduledUs, measured.startedUs)])
    const { p50, p95, p99, max } = percentilesOfStretch(measured)
    const longMs = (measured.long.finishedUs - longAtUs) / 1000
    return {
      elapsedMs: p99,
      fields: { p50Ms: p50, p95Ms: p95, p99Ms: p99, maxMs: max, longMs, requests: plan.shorts },
      measured,
      checksum: `${answers.reduce((sum, { served }) => sum + served.longChecksum, 0)} ${answers.reduce((sum, { served }) => sum + served.shortChecksum, 0)}`,
      cpuMs: answers.reduce((sum, { served }) => sum + served.usage.cpuUs, 0) / 1000,
    }
  },
})

const measuredStretch = (
  answers: readonly { server: Server; served: Served }[],
  scheduledUs: readonly number[],
  longAtUs: number,
): MeasuredStretch => {
  const shorts = answers.find(({ server }) => server.role !== 'long')?.served
  const slices = answers.find(({ server }) => server.role !== 'shorts')?.served.slicesUs
  const [longStartUs, longEndUs] = [slices?.[0], slices?.at(-1)]
  if (!shorts || longStartUs === undefined || longEndUs === undefined)
    throw new RunFailure('internal', 'a server did not serve')
  return {
    scheduledUs,
    startedUs: shorts.startedUs,
    finishedUs: shorts.finishedUs,
    long: { scheduledUs: longAtUs, startedUs: longStartUs, finishedUs: longEndUs },
    generatorLateUs: Math.max(...answers.map(({ served }) => served.generatorLateUs)),
    usages: answers.map(({ server, served }) => ({ lane: server.lane.id, role: server.role, usage: served.usage })),
  }
}

const resultOf = (
  { params, machine }: Context,
  plan: StretchPlan,
  kinds: readonly StartedKind[],
  stretches: ReadonlyMap<string, Stretch[]>,
): SchedulingResult => {
  const ofKind = (kind: string): Stretch[] => stretches.get(kind) ?? []
  const all = [...stretches.values()].flat()
  const mismatch = findChecksumMismatch(all.map(({ checksum }, index) => ({ key: `stretch ${index + 1}`, checksum })))
  if (mismatch)
    throw new RunFailure(
      'checksum-mismatch',
      `${mismatch.expected.key} and ${mismatch.actual.key} found different primes`,
    )
  const edges = histogramEdges(all.map(({ measured }) => measured))
  const comparison = buildComparison({
    seed: params.seed,
    warmup: params.warmup,
    measured: kinds.map(({ kind, startupMs }) => ({
      key: kind,
      samplesMs: ofKind(kind).map(({ elapsedMs }) => elapsedMs),
      startupMs,
      cpuMs: median(ofKind(kind).map(({ cpuMs }) => cpuMs)),
      modelMs: predictP99Ms(plan, { ...params, kind, cores: machine.cpus }),
      checksum: ofKind(kind)[0]?.checksum ?? null,
    })),
  })
  const result: SchedulingResult = {
    kinds: kinds.map(({ kind }) =>
      figuresOf(
        kind,
        ofKind(kind).map(({ measured }) => measured),
        edges,
      ),
    ),
    comparison,
    stretches: { count: plan.count, ms: plan.ms, shorts: plan.shorts, longAtMs: plan.longAtMs },
    cores: machine.cpus,
    findings: [],
  }
  const facts = { sliceMs: params.sliceMs, askedRounds: params.rounds, neededMs: durationForRounds(params) }
  return { ...result, findings: schedulingFindings(result, facts) }
}
