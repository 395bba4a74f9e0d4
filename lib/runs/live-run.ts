/**
 * A run from its admission to its end: the one place where its present state is kept. Every change goes through here, into
 * the state and into the journal, so that who joins late sees the same as who was there from the beginning.
 */
import type { Run } from '../contract/run.ts'
import type { Sample, Snapshot } from '../contract/run-event.ts'
import { TraceBuilder } from '../trace/trace-builder.ts'
import { Journal } from './journal.ts'
import type { RunBudget } from './run-budget.ts'
import type { Telling } from './runner-process.ts'
import type { RunRecording } from './trace-body.ts'

/** Far beyond what rounds and entries can be; a handler that tells more is at fault. */
const MAX_SAMPLES = 200_000

type StatusFields = Partial<
  Pick<Run, 'status' | 'position' | 'startedAt' | 'finishedAt' | 'commands' | 'interference' | 'result' | 'error'>
>

export class LiveRun {
  readonly budget: RunBudget
  readonly journal: Journal
  readonly #trace = new TraceBuilder()
  readonly #samples: Sample[] = []
  #run: Run

  constructor(run: Run, budget: RunBudget) {
    this.#run = run
    this.budget = budget
    this.journal = new Journal({ snapshot: () => JSON.stringify(this.#snapshot()) })
    this.#appendStatus()
  }

  get run(): Run {
    return this.#run
  }

  get recording(): RunRecording {
    return { trace: this.#trace.trace, samples: this.#samples }
  }

  /** Something that the runner told. */
  add(event: Telling): void {
    if (event.type === 'progress') this.#run = { ...this.#run, progress: event.data }
    else if (event.type === 'lane') this.#trace.addLane(event.data)
    else if (event.type === 'spans') this.#trace.addSpans(event.data)
    else if (event.type === 'counters') this.#trace.addCounters(event.data.series)
    else if (this.#samples.length < MAX_SAMPLES) this.#samples.push(event.data)
    else throw new RangeError(`More than ${MAX_SAMPLES} samples`)
    this.journal.append(event)
  }

  /** Changes without telling: `announce` follows when the store has it, too. */
  set(fields: StatusFields): void {
    this.#run = { ...this.#run, ...fields }
  }

  change(fields: StatusFields): void {
    this.set(fields)
    this.#appendStatus()
  }

  /** Tells how the run ended, and ends the journal. */
  announceEnd(): void {
    if (this.#run.result !== null) this.journal.append({ type: 'result', data: this.#run.result })
    if (this.#run.error !== null) this.journal.append({ type: 'error', data: this.#run.error })
    this.#appendStatus()
    this.journal.end()
  }

  #appendStatus(): void {
    const { status, position, startedAt, finishedAt, commands, interference } = this.#run
    this.journal.append({ type: 'status', data: { status, position, startedAt, finishedAt, commands, interference } })
  }

  #snapshot(): Snapshot {
    return { run: this.#run, ...this.recording }
  }
}
