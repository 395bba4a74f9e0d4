/** Runs the contenders of a figure in interleaved rounds and compares them with one of them, round by round. */
import { speedupOf } from '#lib/statistics/speedup.ts'
import { silentEmitter } from '../experiments/derive-emitter.ts'
import { type Contender, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import type { BenchOptions, Estimate } from './figure.ts'

const WARMUP = 2

/** Longer than any contender takes on a busy machine: a pool that lost a task is named, instead of waited for. */
const PATIENCE_MS = 60_000

const within = async (name: string, run: () => Promise<number>): Promise<number> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${name} did not finish in ${PATIENCE_MS} ms`)), PATIENCE_MS)
  try {
    return await Promise.race([run(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Milliseconds of each round, by contender. A contender returns how long its measured part took. */
export const interleaved = async (
  contenders: Readonly<Record<string, () => Promise<number>>>,
  { rounds, seed, signal }: BenchOptions,
): Promise<Map<string, number[]>> => {
  const { samplesMs } = await runInterleavedRounds({
    contenders: Object.entries(contenders).map(
      ([key, run]): Contender => ({ key, run: async () => ({ elapsedMs: await within(key, run) }) }),
    ),
    warmup: WARMUP,
    rounds,
    seed,
    signal,
    emit: silentEmitter,
  })
  return samplesMs
}

/** Milliseconds that `work` takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** `numerator` ÷ `denominator` × `factor`, from rounds in which both ran. Throws when one of them was not measured. */
export const ratio = (samples: Map<string, number[]>, numerator: string, denominator: string, factor = 1): Estimate => {
  const [top, bottom] = [samples.get(numerator), samples.get(denominator)]
  if (!top || !bottom) throw new Error(`${numerator} and ${denominator} were not both measured`)
  const { value, ci95 } = speedupOf(top, bottom)
  return { value: value * factor, ci95: ci95 && [ci95[0] * factor, ci95[1] * factor] }
}
