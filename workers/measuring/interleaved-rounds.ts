/**
 * The harness of every comparison. Each round runs every contender once, in an order shuffled from the seed, so that a drift of
 * the machine meets all of them alike; blocks of one contender after another would measure the drift. Warm-up rounds come
 * first, carry negative numbers, and are emitted as samples but not counted.
 */
import type { Progress } from '#lib/contract/run.ts'
import type { Sample } from '#lib/contract/run-event.ts'
import { median } from '#lib/statistics/median.ts'
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'

/** What one execution of a contender gave. A contender may return more (a checksum, an answer): it is kept as it is. */
export interface Measurement {
  elapsedMs: number
  /** More columns of the sample that is emitted, and of the CSV. */
  fields?: Readonly<Record<string, string | number | boolean | null>>
}

export interface Contender<M extends Measurement = Measurement> {
  key: string
  /** Executes once. When the run is aborted it stops what it started, then returns or throws. */
  run(round: number): Promise<M>
}

export interface InterleavedRoundsOptions<M extends Measurement> {
  contenders: readonly Contender<M>[]
  warmup: number
  rounds: number
  seed: number
  signal: AbortSignal
  emit: {
    progress(progress: Progress): void
    sample(sample: Sample): void
    /** Awaited before each execution, so that nobody is busy with what was told of the one before. */
    settled(): Promise<void>
  }
  /** Message keys under `progress`; both get the values `key`, `round` (from 1) and `rounds`. */
  labels?: { warmup: string; measuring: string }
  /** Monotonic milliseconds, for what remains; a test brings its own. */
  nowMs?: () => number
}

export interface InterleavedRounds<M extends Measurement> {
  /** Counted rounds only, in order; one array per contender. */
  samplesMs: Map<string, number[]>
  measurements: Map<string, M[]>
  /** In which order every round ran its contenders, warm-up included. */
  orders: { round: number; keys: string[] }[]
}

/** Rejects with the signal's reason when aborted, and with whatever a contender throws; nothing runs after that. */
export const runInterleavedRounds = async <M extends Measurement>(
  options: InterleavedRoundsOptions<M>,
): Promise<InterleavedRounds<M>> => {
  const { contenders, warmup, rounds, seed, signal, emit, nowMs = () => performance.now() } = options
  const labels = options.labels ?? { warmup: 'warming-up', measuring: 'measuring' }
  const random = createSeededRandom(seed)
  const measurements = new Map(contenders.map(({ key }) => [key, [] as M[]]))
  // Of whole executions, with what a contender does around its measured part: what a person has to wait for.
  const durations = new Map(contenders.map(({ key }) => [key, [] as number[]]))
  const orders: InterleavedRounds<M>['orders'] = []
  const total = (warmup + rounds) * contenders.length
  let done = 0

  const remainingMs = (): number | null => {
    let remaining = 0
    for (const own of durations.values()) {
      const left = warmup + rounds - own.length
      if (left > 0 && own.length === 0) return null
      if (left > 0) remaining += left * median(own)
    }
    return remaining
  }

  for (let round = 0 - warmup; round < rounds; round++) {
    const order = random.shuffle(contenders)
    orders.push({ round, keys: order.map(({ key }) => key) })
    for (const contender of order) {
      signal.throwIfAborted()
      const isWarmup = round < 0
      emit.progress({
        done,
        total,
        label: isWarmup ? labels.warmup : labels.measuring,
        values: {
          key: contender.key,
          round: isWarmup ? round + warmup + 1 : round + 1,
          rounds: isWarmup ? warmup : rounds,
        },
        remainingMs: remainingMs(),
      })
      await emit.settled()
      signal.throwIfAborted()
      const startedAt = nowMs()
      const measurement = await contender.run(round)
      // An execution that was cut short by the abort is no measurement.
      signal.throwIfAborted()
      durations.get(contender.key)?.push(nowMs() - startedAt)
      done++
      emit.sample({ ...measurement.fields, key: contender.key, round, elapsedMs: measurement.elapsedMs })
      if (!isWarmup) measurements.get(contender.key)?.push(measurement)
    }
  }
  emit.progress({
    done,
    total,
    label: labels.measuring,
    values: { key: orders.at(-1)?.keys.at(-1) ?? '', round: rounds, rounds },
    remainingMs: 0,
  })
  const samplesMs = new Map(Array.from(measurements, ([key, own]) => [key, own.map((one) => one.elapsedMs)]))
  return { samplesMs, measurements, orders }
}
