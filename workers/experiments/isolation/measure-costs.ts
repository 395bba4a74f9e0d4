/** What a thread, a forked process and a program cost, in tries that take turns, each in a host process of its own. */
import type { Comparison } from '#lib/contract/comparison.ts'
import { buildComparison } from '#lib/experiments/comparison.ts'
import type { Cost } from '#lib/experiments/isolation.ts'
import { COST_KINDS, type CostKind } from '#lib/experiments/isolation-kinds.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { type Measurement, runInterleavedRounds } from '../../measuring/interleaved-rounds.ts'
import { type RunContext, RunFailure } from '../run-context.ts'
import type { CostTry } from './cost-host.ts'
import { runHost } from './host-process.ts'

interface CostParams {
  rounds: number
  warmup: number
  seed: number
}

interface MeasuredTry extends Measurement {
  cost: CostTry
}

const LANE_KIND = { threads: 'thread', processes: 'process', exec: 'process' } as const

const laneOf = (kind: CostKind): string => `cost-${kind}/1`

export interface MeasuredCosts {
  cost: Record<CostKind, Cost>
  comparison: Comparison
  memoryMeasure: 'pss' | 'rss'
}

export const measureCosts = async (context: RunContext<CostParams>): Promise<MeasuredCosts> => {
  const { params, emit, signal } = context
  for (const kind of COST_KINDS) {
    // Every try starts another one: the lane shows them one after another, and has no one process.
    emit.lane({
      id: laneOf(kind),
      group: `cost-${kind}`,
      kind: LANE_KIND[kind],
      index: 1,
      name: `cost of ${kind}`,
      pid: null,
      tid: null,
    })
  }
  const { measurements, samplesMs } = await runInterleavedRounds<MeasuredTry>({
    contenders: COST_KINDS.map((kind) => ({ key: kind, run: (round) => measureOnce(context, kind, round) })),
    ...params,
    signal,
    emit,
  })
  const triesOf = (kind: CostKind): CostTry[] => measurements.get(kind)?.map(({ cost }) => cost) ?? []
  const comparison = buildComparison({
    baseline: 'threads',
    seed: params.seed,
    warmup: params.warmup,
    measured: COST_KINDS.map((kind) => ({ key: kind, samplesMs: samplesMs.get(kind) ?? [], startupMs: 0, cpuMs: 0 })),
  })
  return {
    cost: {
      threads: costOf(triesOf('threads')),
      processes: costOf(triesOf('processes')),
      exec: costOf(triesOf('exec')),
    },
    comparison,
    memoryMeasure: triesOf('threads').every(({ memoryMeasure }) => memoryMeasure === 'pss') ? 'pss' : 'rss',
  }
}

const measureOnce = async (
  { clock, folder, signal, emit }: RunContext<CostParams>,
  kind: CostKind,
  round: number,
): Promise<MeasuredTry> => {
  let cost: CostTry | null = null
  const end = await runHost({
    program: './cost-host.ts',
    args: [kind, String(clock.originNs)],
    folder,
    signal,
    // The only message of a program of ours.
    onMessage: (message) => {
      cost = message as CostTry
    },
  })
  const measured = cost as CostTry | null
  if (measured === null)
    throw new RunFailure(
      'crashed',
      `the host of ${kind} ended by ${end.signal ?? `exit code ${end.code}`} before it had measured`,
    )
  const { startedUs, readyUs, messagesFromUs, messagesToUs, messageMicros, memoryBytes } = measured
  emit.spans({
    spans: [
      { lane: laneOf(kind), name: 'start', kind: 'startup', start: startedUs, duration: readyUs - startedUs, round },
      {
        lane: laneOf(kind),
        name: 'messages',
        kind: 'io',
        start: messagesFromUs,
        duration: messagesToUs - messagesFromUs,
        round,
      },
    ],
  })
  return { elapsedMs: (readyUs - startedUs) / 1000, fields: { messageMicros, memoryBytes }, cost: measured }
}

const costOf = (tries: readonly CostTry[]): Cost => {
  const startupMs = tries.map(({ startedUs, readyUs }) => (readyUs - startedUs) / 1000)
  const messageMicros = tries.map((one) => one.messageMicros)
  const memoryBytes = tries.flatMap((one) => one.memoryBytes ?? [])
  return {
    startupMs: median(startupMs),
    messageMicros: median(messageMicros),
    memoryBytes: memoryBytes.length < tries.length ? null : median(memoryBytes),
    intervals: {
      startupMs: medianInterval(startupMs),
      messageMicros: medianInterval(messageMicros),
      memoryBytes: memoryBytes.length < tries.length ? null : medianInterval(memoryBytes),
    },
  }
}
