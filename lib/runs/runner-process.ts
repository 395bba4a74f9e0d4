/**
 * The process of one run: started, listened to, limited in time and memory, and ended together with everything it started.
 * Never rejects: however the process ends, `ended` says what became of the run.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Run, RunError } from '../contract/run.ts'
import type { RunnerEvent } from '../contract/run-event.ts'
import { type FromRunner, fromRunnerSchema, type StartMessage, type ToRunner } from '../contract/runner-message.ts'
import { residentBytes, signalGroup } from './process-tree.ts'
import { redact } from './redact.ts'
import { TextTail } from './text-tail.ts'

export interface RunnerProgram {
  /** workers/runner.ts, as a path: nothing of it is bundled. */
  file: string
  arguments: readonly string[]
  /** The working folder and the environment of the process. */
  folder: string
  environment: NodeJS.ProcessEnv
}

export interface RunnerLimits {
  timeMs: number
  memoryBytes: number
  memoryCheckMs: number
  /** From the request to stop to SIGTERM, and from the request to SIGKILL. */
  termAfterMs: number
  killAfterMs: number
}

export const RUNNER_LIMITS = {
  memoryCheckMs: 500,
  termAfterMs: 1_000,
  killAfterMs: 2_000,
}

/** How long something that left the run's group may hold its stderr open. */
const CLOSE_MS = 500

/** What a run tells while it goes on. */
export type Telling = Exclude<RunnerEvent, { type: 'result' | 'error' }>

export interface RunnerListener {
  event(event: Telling): void
  commands(commands: string[]): void
}

export type RunnerEnd =
  | { kind: 'result'; result: NonNullable<Run['result']> }
  | { kind: 'error'; error: RunError }
  | { kind: 'cancelled' }

type StopReason = 'cancel' | 'limit' | 'server'

export class RunnerProcess {
  readonly ended: Promise<RunnerEnd>
  readonly #child: ChildProcess
  readonly #listener: RunnerListener
  readonly #limits: RunnerLimits
  readonly #secrets: readonly string[]
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #stderr = new TextTail()
  #end: RunnerEnd | null = null
  #stopping = false

  constructor(
    program: RunnerProgram,
    start: StartMessage,
    limits: RunnerLimits,
    listener: RunnerListener,
    secrets: readonly string[] = [],
  ) {
    this.#listener = listener
    this.#limits = limits
    this.#secrets = secrets
    this.#child = fork(/* turbopackIgnore: true */ program.file, program.arguments, {
      cwd: program.folder,
      env: program.environment,
      execArgv: [],
      // A group of its own: what the run starts can be ended with it, and Ctrl-C in the terminal reaches the server alone.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.ended = this.#live()
    this.#child.on('message', (raw) => this.#receive(raw))
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => this.#stderr.add(chunk))
    this.#send(start)
    this.#after(limits.timeMs, () => {
      const seconds = Math.round(limits.timeMs / 1_000)
      this.#fail({ code: 'timeout', message: `The run was ended after its limit of ${seconds} s.` })
    })
    this.#watchMemory()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  command(command: string): void {
    this.#send({ type: 'command', command })
  }

  cancel(): void {
    this.#end ??= { kind: 'cancelled' }
    this.#stop('cancel')
  }

  /** The server stops: there is less time than for a cancelled run. */
  interrupt(): void {
    this.#end ??= { kind: 'error', error: { code: 'interrupted', message: 'The server was stopped during the run.' } }
    this.#stop('server')
  }

  async #live(): Promise<RunnerEnd> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve))
    // Also after the start: a signal that can't be delivered is told here, and what follows from it by `exit`.
    this.#child.on('error', (error) => this.#stderr.add(`${error.message}\n`))
    try {
      const [code, signal] = await once(this.#child, 'exit')
      // Grandchildren would go on measuring beside the next run, and hold our end of stderr open.
      this.#signal('SIGKILL')
      this.#after(CLOSE_MS, () => this.#child.stderr?.destroy())
      await closed // everything that the process sent has been received
      return this.#end ?? { kind: 'error', error: this.#crash(code, signal) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { kind: 'error', error: { code: 'crashed', message: `The run's process could not start: ${message}` } }
    } finally {
      for (const timer of this.#timers) clearTimeout(timer)
    }
  }

  #receive(raw: unknown): void {
    const parsed = fromRunnerSchema.safeParse(raw)
    if (!parsed.success) {
      this.#fail({ code: 'internal', message: `The run's process said something unknown: ${parsed.error.message}` })
      return
    }
    this.#take(parsed.data)
    // After it, not before: a run measures on when the server is no longer busy with what it told.
    if (parsed.data.type === 'event') this.#send({ type: 'taken', events: 1 })
  }

  #take(message: FromRunner): void {
    if (message.type === 'commands') this.#listener.commands(message.commands)
    else if (message.type === 'stopped') this.#finish({ kind: 'cancelled' })
    else if (message.event.type === 'result') this.#finish({ kind: 'result', result: message.event.data })
    else if (message.event.type === 'error') this.#finish({ kind: 'error', error: this.#clean(message.event.data) })
    else this.#tell(message.event)
  }

  #tell(event: Telling): void {
    try {
      this.#listener.event(event)
    } catch (error) {
      // What can't be taken in is this run's failure, not the server's.
      this.#fail({ code: 'internal', message: error instanceof Error ? error.message : String(error) })
    }
  }

  /** The run has ended by itself, unless it was stopped before; its process has as long to go as a cancelled one. */
  #finish(end: RunnerEnd): void {
    if (this.#end !== null) return
    this.#end = end
    if (end.kind === 'error' && end.error.code === 'internal') console.error(this.#lastWords(20))
    this.#after(this.#limits.killAfterMs, () => this.#signal('SIGKILL'))
  }

  #fail(error: RunError): void {
    this.#end ??= { kind: 'error', error: this.#clean(error) }
    this.#stop('limit')
  }

  #stop(reason: StopReason): void {
    if (this.#stopping) return
    this.#stopping = true
    this.#send({ type: 'abort' })
    const { termAfterMs, killAfterMs } = this.#limits
    const hurry = reason === 'server' ? 0.3 : 1
    this.#after(termAfterMs * hurry, () => this.#signal('SIGTERM'))
    this.#after(killAfterMs * hurry, () => this.#signal('SIGKILL'))
  }

  #watchMemory(): void {
    const { pid } = this.#child
    const { memoryBytes, memoryCheckMs } = this.#limits
    if (pid === undefined || process.platform !== 'linux') return
    const check = async (): Promise<void> => {
      const bytes = await residentBytes(pid)
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
      if (bytes === null || bytes <= memoryBytes) {
        this.#after(memoryCheckMs, () => void check())
        return
      }
      const inMegabytes = (value: number): number => Math.round(value / 1024 ** 2)
      this.#fail({
        code: 'out-of-memory',
        message: `The run's processes held ${inMegabytes(bytes)} MB; ${inMegabytes(memoryBytes)} MB are allowed.`,
      })
      // At once: at the rate at which memory fills, a second of grace could be the machine's.
      this.#signal('SIGKILL')
    }
    this.#after(memoryCheckMs, () => void check())
  }

  #crash(code: number | null, signal: NodeJS.Signals | null): RunError {
    const words = this.#lastWords(8)
    // V8 aborts by itself when a heap is full, before the limit on the whole tree is reached.
    if (/heap out of memory|Array buffer allocation failed/i.test(words))
      return { code: 'out-of-memory', message: words }
    const how = signal === null ? `with exit code ${code}` : `by signal ${signal}`
    return { code: 'crashed', message: `The run's process ended ${how}.${words === '' ? '' : `\n${words}`}` }
  }

  #lastWords(lines: number): string {
    return redact(this.#stderr.lines(lines), this.#secrets)
  }

  #clean(error: RunError): RunError {
    return { ...error, message: redact(error.message, this.#secrets) }
  }

  #send(message: ToRunner): void {
    // A channel that breaks means that the process ends, which `exit` tells.
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) signalGroup(this.#child.pid, signal)
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }
}
