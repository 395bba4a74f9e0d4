/**
 * Executes lock-contention: one crew of threads, and in interleaved rounds every lock with them, for a sweep at each of its values.
 * Before, each lock's limit is measured with one thread alone. Everything hot happens in lock-contention/contend.ts.
 */
import type { LockContentionParams } from '#lib/experiments/lock-contention.ts'
import { CONTENDED_LOCKS, losesNothing } from '#lib/experiments/lock-contention-locks.ts'
import { type LockContentionResult, lockContentionResultSchema } from '#lib/experiments/lock-contention-result.ts'
import { createDurationMemory } from '../measuring/duration-histogram.ts'
import { runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { splitHeld } from '../threads/held-spans.ts'
import { laneId, startThreadCrew, type ThreadCrew } from '../threads/thread-crew.ts'
import { returned } from '../threads/thread-outcome.ts'
import { calibrateProgram, contendProgram } from './lock-contention/contend.ts'
import { CONTENTION_LABELS } from './lock-contention/contention-labels.ts'
import { resultOf } from './lock-contention/contention-result.ts'
import { ContentionRound, type Variant } from './lock-contention/contention-round.ts'
import { createLockWords } from './lock-contention/guard.ts'
import { measureLimit } from './lock-contention/measure-limit.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'

type Context = RunContext<LockContentionParams>

/** Of the whole run, split ones counted twice at most; within what a trace keeps. */
const SPANS = 9_000
const TRACED_ROUNDS = 2
const FEWEST_SPANS = 40

export const handler: Handler<LockContentionParams, LockContentionResult> = async (context) => {
  const { params, signal, emit, clock, machine } = context
  const points = [null, ...(params.sweep?.values ?? [])]
  const threadsAt = (value: number | null): number =>
    value !== null && params.sweep?.param === 'threads' ? value : params.threads
  const threads = Math.max(...points.map(threadsAt))
  emit.progress({ done: 0, total: threads, label: 'starting', values: { key: 'threads' }, remainingMs: null })
  await using crew = await startThreadCrew({
    threads,
    originNs: clock.originNs,
    signal,
    spanCapacity: Math.max(FEWEST_SPANS, Math.floor(SPANS / (params.locks.length * TRACED_ROUNDS * params.threads))),
  })
  const [stepsPerUs = 1] = returned(await crew.run(calibrateProgram, { threads: 1, shared: null, argsOf: () => null }))
  const variants: Variant[] = []
  // In one order whatever the form sent, so that charts and rounds of equal runs are alike.
  for (const lock of CONTENDED_LOCKS.filter((one) => params.locks.includes(one))) {
    for (const value of points) {
      signal.throwIfAborted()
      const holdUs = value !== null && params.sweep?.param === 'holdUs' ? value : params.holdUs
      const effort = {
        lock,
        permits: params.permits,
        readShare: lock === 'read-write' ? params.readShare : 0,
        holdSteps: Math.round(holdUs * stepsPerUs),
        outsideSteps: Math.round(params.outsideUs * stepsPerUs),
        turnUs: holdUs + params.outsideUs,
      }
      const alike = variants.find((other) => other.lock === lock && other.holdSteps === effort.holdSteps)
      variants.push({
        ...effort,
        key: value === null ? lock : `${lock}@${value}`,
        value,
        threads: threadsAt(value),
        costs: alike?.costs ?? (await measureLimit(crew, effort)),
      })
      emit.progress({
        done: variants.length,
        total: params.locks.length * points.length,
        label: 'waiting',
        remainingMs: null,
      })
    }
    for (const lane of crew.lanes(lock, params.threads)) emit.lane(lane)
  }
  const { measurements, samplesMs } = await runInterleavedRounds<ContentionRound>({
    contenders: variants.map((variant) => ({
      key: variant.key,
      run: (round) => contendOnce(context, crew, variant, round),
    })),
    warmup: params.warmup,
    rounds: params.rounds,
    seed: params.seed,
    signal,
    emit,
  })
  const startupMs = Math.max(...crew.startups.map(({ durationUs }) => durationUs)) / 1000
  return lockContentionResultSchema.parse(
    resultOf({ params, cores: machine.cpus, variants, rounds: measurements, samplesMs, startupMs }),
  )
}

/** Every lock on memory of its own that nobody has touched. */
const contendOnce = async (
  { params, signal, emit }: Context,
  crew: ThreadCrew,
  variant: Variant,
  round: number,
): Promise<ContentionRound> => {
  const { lock, threads, permits, readShare, holdSteps, outsideSteps, value } = variant
  // Of a sweep only the run's own parameters are drawn: the others would fill the timeline with the same picture.
  const traced = value === null && round >= 0 && round < TRACED_ROUNDS
  const memory = Array.from({ length: threads }, () => ({
    waits: createDurationMemory(),
    holds: createDurationMemory(),
  }))
  const counter = new Int32Array(new SharedArrayBuffer(4))
  const run = await crew.run(contendProgram(lock), {
    threads,
    labels: CONTENTION_LABELS,
    shared: { counter, lockWords: createLockWords(lock, permits) },
    argsOf: (index) => ({
      ...(memory[index] ?? { waits: createDurationMemory(), holds: createDurationMemory() }),
      ...{ lock, readShare, holdSteps, outsideSteps, durationMs: params.durationMs, traced },
      seed: params.seed * 7919 + (round + 11) * 104_729 + index * 65_537,
    }),
  })
  signal.throwIfAborted()
  const measured = new ContentionRound(variant, returned(run), run, memory, counter[0] ?? 0)
  if (measured.lostUpdates > 0 && losesNothing(lock, permits)) {
    throw new RunFailure('verification', `${lock} lost ${measured.lostUpdates} of ${measured.updates} updates`)
  }
  if (traced) {
    const spans = splitHeld(
      run.threads.map((thread) => thread.spans),
      (name) => `${name}, others wait`,
    )
    emit.spans({
      spans: spans.flatMap((own, index) =>
        own.map(({ kind, name, startUs, endUs }) => ({
          lane: laneId(lock, index),
          ...{ name, kind, round },
          start: startUs,
          duration: endUs - startUs,
        })),
      ),
      omitted: run.omitted,
    })
  }
  return measured
}
