/**
 * Executes producer-consumer: one flow that is watched while it goes on, or, for a sweep, a flow for each value in every round, in
 * shuffled order. Every flow is proved before its figures count.
 */
import path from 'node:path'
import { flowEstimateMs } from '#lib/experiments/producer-consumer-estimate.ts'
import { producerConsumerFindings } from '#lib/experiments/producer-consumer-findings.ts'
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer-params.ts'
import {
  type ProducerConsumerPoint,
  type ProducerConsumerResult,
  producerConsumerResultSchema,
} from '#lib/experiments/producer-consumer-result.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { type Contender, type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { executeFlow } from './producer-consumer/execute-flow.ts'
import type { FlowFigures } from './producer-consumer/flow-figures.ts'
import { OverTime } from './producer-consumer/over-time.ts'
import type { Handler, RunContext } from './run-context.ts'

type Context = RunContext<ProducerConsumerParams>

interface FlowMeasurement extends Measurement {
  figures: FlowFigures
}

/** The key of a run that compares nothing. */
const RUN = 'run'

const fieldsOf = (figures: FlowFigures) => ({
  produced: figures.produced,
  written: figures.written,
  dropped: figures.dropped,
  rejected: figures.rejected,
  lost: figures.lost,
  outPerSecond: figures.throughputPerSecond.out,
  p50Ms: figures.latencyMs.p50,
  p99Ms: figures.latencyMs.p99,
  maxMs: figures.latencyMs.max,
  maxDepth: figures.maxDepth,
  blockedMs: figures.blockedMs,
})

export const handler: Handler<ProducerConsumerParams, ProducerConsumerResult> = async (context) => {
  const { params } = context
  const facts = params.sweep === null ? await single(context) : await sweeping(context, params.sweep)
  return producerConsumerResultSchema.parse({
    ...facts,
    findings: producerConsumerFindings(facts, params),
  } satisfies ProducerConsumerResult)
}

const single = async (context: Context): Promise<Omit<ProducerConsumerResult, 'findings'>> => {
  const { params, clock, emit, signal, folder, onCommand, machine } = context
  emit.progress({ done: 0, total: params.messages, label: 'waiting', remainingMs: null })
  const overTime = new OverTime()
  const figures = await executeFlow({
    params,
    group: RUN,
    round: null,
    expectedMs: flowEstimateMs(params, machine.cpus),
    clock,
    emit: overTime.listening(emit),
    signal,
    folder: path.join(folder, RUN),
    tellsProgress: true,
    onKill: (act) => onCommand('kill-consumer', act),
  })
  emit.sample({ key: RUN, round: 0, elapsedMs: figures.elapsedMs, ...fieldsOf(figures) })
  return { ...figures, sweep: null, shown: { key: RUN, round: 0 }, overTime: overTime.lines }
}

const sweeping = async (
  context: Context,
  sweep: NonNullable<ProducerConsumerParams['sweep']>,
): Promise<Omit<ProducerConsumerResult, 'findings'>> => {
  const { params, signal, emit } = context
  const { measurements } = await runInterleavedRounds({
    contenders: sweep.values.map((value) => contenderOf(context, sweep.param, value)),
    warmup: 0,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  const points = sweep.values.map((value) => pointOf(value, measurements.get(keyOf(sweep.param, value)) ?? []))
  const all = [...measurements].flatMap(([key, own]) => own.map(({ figures }, round) => ({ key, round, figures })))
  const best = all.reduce((a, b) => (b.figures.throughputPerSecond.out > a.figures.throughputPerSecond.out ? b : a))
  return {
    ...best.figures,
    sweep: { param: sweep.param, points },
    shown: { key: best.key, round: best.round },
    overTime: null,
  }
}

const keyOf = (param: string, value: number): string => `${param}×${value}`

const contenderOf = (context: Context, param: string, value: number): Contender<FlowMeasurement> => {
  const { clock, emit, signal, folder, machine } = context
  const params = { ...context.params, [param]: value, sweep: null }
  const key = keyOf(param, value)
  return {
    key,
    run: async (round) => {
      const figures = await executeFlow({
        params,
        group: key,
        round,
        expectedMs: flowEstimateMs(params, machine.cpus) * context.params.rounds,
        clock,
        emit,
        signal,
        folder: path.join(folder, `${param}-${value}-${round}`),
        tellsProgress: false,
      })
      return { elapsedMs: figures.elapsedMs, fields: { value, ...fieldsOf(figures) }, figures }
    },
  }
}

const pointOf = (value: number, measured: readonly FlowMeasurement[]): ProducerConsumerPoint => {
  const middle = (of: (figures: FlowFigures) => number): number => median(measured.map(({ figures }) => of(figures)))
  return {
    value,
    throughputPerSecond: {
      in: middle(({ throughputPerSecond }) => throughputPerSecond.in),
      out: middle(({ throughputPerSecond }) => throughputPerSecond.out),
    },
    outCi95: medianInterval(measured.map(({ figures }) => figures.throughputPerSecond.out)),
    latencyMs: {
      p50: middle(({ latencyMs }) => latencyMs.p50),
      p95: middle(({ latencyMs }) => latencyMs.p95),
      p99: middle(({ latencyMs }) => latencyMs.p99),
      max: middle(({ latencyMs }) => latencyMs.max),
    },
    maxDepth: Math.round(middle(({ maxDepth }) => maxDepth)),
    blockedMs: middle(({ blockedMs }) => blockedMs),
    dropped: Math.round(middle(({ dropped }) => dropped)),
    rejected: Math.round(middle(({ rejected }) => rejected)),
    limitPerSecond: middle(({ model }) => model.limitPerSecond),
  }
}
