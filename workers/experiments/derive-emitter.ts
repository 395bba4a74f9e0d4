/**
 * An emitter like another but for a few methods, and one that tells nobody. The runner's is an instance, whose methods a spread
 * would leave behind: so they are named here, once, and one that is added can't be forgotten elsewhere.
 */
import type { RunEmitter } from './run-context.ts'

export const deriveEmitter = (emit: RunEmitter, changed: Partial<RunEmitter>): RunEmitter => ({
  progress: (progress) => emit.progress(progress),
  lane: (lane) => emit.lane(lane),
  spans: (batch) => emit.spans(batch),
  counters: (series) => emit.counters(series),
  sample: (sample) => emit.sample(sample),
  settled: () => emit.settled(),
  ...changed,
})

const ignore = (): void => undefined

export const silentEmitter: RunEmitter = {
  progress: ignore,
  lane: ignore,
  spans: ignore,
  counters: ignore,
  sample: ignore,
  settled: async () => undefined,
}
