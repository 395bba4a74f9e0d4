/**
 * The end of a run: what it came to is set, stored, and only then told, so that whoever hears of it can read it. A run that can't
 * be stored stays with whoever keeps the live ones, and says why it is nowhere else.
 */
import type { RunSummary } from '../contract/run.ts'
import type { LiveRun } from './live-run.ts'
import type { KnownExperiments } from './read-set-up.ts'
import type { RunnerEnd } from './runner-process.ts'
import type { RunStore } from './store.ts'
import { compressRecording } from './trace-body.ts'

export interface EndRecorderOptions {
  store: RunStore
  experiments: KnownExperiments
  /** The store has it: from now on it is read from there. */
  stored(live: LiveRun): void
}

export class EndRecorder {
  readonly #options: EndRecorderOptions

  constructor(options: EndRecorderOptions) {
    this.#options = options
  }

  /** Of a run that has begun: with its trace. Never rejects. */
  async record(live: LiveRun, end: RunnerEnd): Promise<void> {
    const { store, stored } = this.#options
    const headline = this.#setEnd(live, end)
    try {
      store.finish(live.run, headline, await compressRecording(live.recording))
      stored(live)
    } catch (error) {
      console.error(`Run ${live.run.id} could not be recorded:`, error)
      const message = error instanceof Error ? error.message : String(error)
      live.set({ status: 'failed', error: { code: 'storage', message } })
    }
    live.announceEnd()
  }

  /** Of a run that never began. */
  recordWaiting(live: LiveRun, end: RunnerEnd): void {
    this.#setEnd(live, end)
    try {
      this.#options.store.update(live.run)
      this.#options.stored(live)
    } catch (error) {
      console.error(`Run ${live.run.id} could not be recorded:`, error)
    }
    live.announceEnd()
  }

  #setEnd(live: LiveRun, end: RunnerEnd): RunSummary['headline'] {
    const ended = { position: 0, finishedAt: new Date().toISOString(), commands: [] }
    if (end.kind === 'cancelled') live.set({ ...ended, status: 'cancelled' })
    else if (end.kind === 'error') live.set({ ...ended, status: 'failed', error: end.error })
    else {
      const experiment = this.#options.experiments.find(live.run.experiment)
      const result = experiment?.result.safeParse(end.result)
      if (experiment && result?.success) {
        live.set({ ...ended, status: 'succeeded', result: end.result })
        return experiment.headline(result.data, live.run.params)
      }
      const message = `The result is not of the agreed shape: ${result?.error?.message ?? 'unknown experiment'}`
      live.set({ ...ended, status: 'failed', error: { code: 'internal', message } })
    }
    return null
  }
}
