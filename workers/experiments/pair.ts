/**
 * Executes `pair`: in each round the handler of the experiment runs once for each of both set-ups, in shuffled order. The
 * inner runs draw nothing: dozens of short-lived crews would fill a timeline without telling more than their times.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { comparisonSchema } from '#lib/contract/comparison.ts'
import type { Sample } from '#lib/contract/run-event.ts'
import { buildComparison, type Measured } from '#lib/experiments/comparison.ts'
import { type PairParams, type PairResult, setUpOfRound } from '#lib/experiments/pair.ts'
import { pairFindings } from '#lib/experiments/pair-findings.ts'
import { findExperiment } from '#lib/experiments/registry.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { speedupOf } from '#lib/statistics/speedup.ts'
import { type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { deriveEmitter, silentEmitter } from './derive-emitter.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'

const SIDES = ['A', 'B'] as const
type Side = (typeof SIDES)[number]

interface InnerRound extends Measurement {
  /** By the inner comparison's key. */
  timesMs: Map<string, { elapsedMs: number; startupMs: number; cpuMs: number }>
}

export const handler: Handler<PairParams, PairResult> = async (context) => {
  const { params, signal, emit } = context
  const { measurements } = await runInterleavedRounds<InnerRound>({
    contenders: SIDES.map((side) => ({ key: side, run: (round) => executeOnce(context, side, round) })),
    warmup: 0, // each inner run warms up by itself
    rounds: params.rounds,
    seed: params.seed,
    signal,
    // The harness knows the sides only; what is compared are the keys inside, whose samples are emitted one by one.
    emit: deriveEmitter(emit, { sample: () => undefined }),
  })
  return resultOf(params, measurements)
}

const executeOnce = async (context: RunContext<PairParams>, side: Side, round: number): Promise<InnerRound> => {
  const { params, machine, emit } = context
  const experiment = findExperiment(params.experiment)
  if (experiment === null) throw new RunFailure('internal', `there is no experiment ${params.experiment}`)
  const { handler: inner }: { handler: Handler<unknown, object> } = await import(
    pathToFileURL(path.join(import.meta.dirname, `${experiment.id}.ts`)).href
  )
  const startedAt = performance.now()
  const own = setUpOfRound(experiment, side === 'A' ? params.a : params.b, machine)
  const samples: Sample[] = []
  const result = await inner({
    ...context,
    params: own,
    emit: { ...silentEmitter, sample: (sample) => samples.push(sample) },
  })
  context.signal.throwIfAborted()
  const timesMs = timesOf(result, samples, experiment.measuredAs?.(own))
  for (const [key, { elapsedMs, startupMs }] of timesMs) {
    emit.sample({ key: `${key} ${side}`, round, elapsedMs, startupMs })
  }
  return { elapsedMs: performance.now() - startedAt, timesMs }
}

/** What the round compared; where it compares nothing, what it timed, under the name that the experiment has for it. */
const timesOf = (result: object, samples: readonly Sample[], measuredAs: string | undefined): InnerRound['timesMs'] => {
  if (measuredAs !== undefined) {
    const counted = samples.filter(({ round }) => round >= 0).map(({ elapsedMs }) => elapsedMs)
    return new Map([[measuredAs, { elapsedMs: median(counted), startupMs: 0, cpuMs: 0 }]])
  }
  const comparison = 'comparison' in result ? comparisonSchema.parse(result.comparison) : null
  return new Map(
    comparison?.entries.map(({ key, medianMs, startupMs, cpuMs }) => [key, { elapsedMs: medianMs, startupMs, cpuMs }]),
  )
}

const resultOf = (params: PairParams, rounds: ReadonlyMap<string, InnerRound[]>): PairResult => {
  const samplesOf = (side: Side, key: string): number[] =>
    (rounds.get(side) ?? []).flatMap(({ timesMs }) => timesMs.get(key)?.elapsedMs ?? [])
  const keysOf = (side: Side): string[] => [...(rounds.get(side)?.[0]?.timesMs.keys() ?? [])]
  const keys = [...new Set(SIDES.flatMap(keysOf))]
  const measured = keys.flatMap((key) =>
    SIDES.filter((side) => keysOf(side).includes(key)).map((side): Measured => {
      const own = (rounds.get(side) ?? []).flatMap(({ timesMs }) => timesMs.get(key) ?? [])
      return {
        key: `${key} ${side}`,
        samplesMs: own.map(({ elapsedMs }) => elapsedMs),
        startupMs: median(own.map(({ startupMs }) => startupMs)),
        cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
      }
    }),
  )
  const shared = keys.filter((key) => SIDES.every((side) => keysOf(side).includes(key)))
  const pairs = shared.map((key) => {
    const [a, b] = [samplesOf('A', key), samplesOf('B', key)]
    const summary = (samples: number[]) => ({ medianMs: median(samples), ci95Ms: medianInterval(samples) })
    return { key, a: summary(a), b: summary(b), speedup: speedupOf(a, b) }
  })
  const comparison = buildComparison({ baseline: `${shared[0] ?? keys[0]} A`, seed: params.seed, warmup: 0, measured })
  return { comparison, pairs, findings: pairFindings({ pairs }) }
}
