/**
 * A program beside the server for as long as the server lives: started at once, started again with growing pauses when it
 * dies, ended with everything it started. Nothing waits for it but who asks for it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { z } from 'zod'
import { signalGroup } from './process-tree.ts'
import { TextTail } from './text-tail.ts'

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** After that long in service a death is news, not the continuation of a failing start. */
const SETTLED_MS = 30_000
const KILL_AFTER_MS = 500

export interface Program {
  /** A TypeScript file, as a path: nothing of it is bundled. */
  file: string
  arguments?: readonly string[]
  folder: string
  environment: NodeJS.ProcessEnv
}

export interface Supervision<Message, Service> {
  /** What the log calls it: 'The search host'. */
  name: string
  /** Of what it says; anything else is noted and shown when it dies. */
  messages: z.ZodType<Message>
  /** What being in service means, out of the message that says so; null for every other message. */
  inService(message: Message): Service | null
  message?(message: Message): void
  /** It died; what was asked of it will not be answered. Not called when it was stopped. */
  died?(): void
}

export class SupervisedProcess<Message, Service> {
  readonly #program: Program
  readonly #supervision: Supervision<Message, Service>
  readonly #stopping = new AbortController()
  readonly #over: Promise<void>
  #child: ChildProcess | null = null
  #service: Service | null = null
  #ready = Promise.withResolvers<Service>()

  constructor(program: Program, supervision: Supervision<Message, Service>) {
    this.#program = program
    this.#supervision = supervision
    this.#over = this.#keepAlive()
  }

  /** null while it is not in service. */
  get service(): Service | null {
    return this.#service
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves as soon as it is in service; with null when `signal` is aborted before. */
  async whenReady(signal: AbortSignal): Promise<Service | null> {
    if (this.#service !== null || signal.aborted) return this.#service
    using listening = new DisposableStack()
    const aborted = new Promise<null>((resolve) => {
      const give = (): void => resolve(null)
      signal.addEventListener('abort', give)
      listening.defer(() => signal.removeEventListener('abort', give))
    })
    return await Promise.race([this.#ready.promise, aborted])
  }

  /** False where there is nobody to hear it. That it was heard is known only from an answer. */
  send(message: object): boolean {
    if (!this.#child?.connected) return false
    this.#child.send(message, () => undefined)
    return true
  }

  /** Resolves when nothing of it is left: SIGTERM, and SIGKILL half a second later. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const leader = this.#child?.pid
    if (leader !== undefined) signalGroup(leader, 'SIGTERM')
    const killer = setTimeout(() => {
      if (leader !== undefined) signalGroup(leader, 'SIGKILL')
    }, KILL_AFTER_MS)
    await this.#over
    clearTimeout(killer)
  }

  async #keepAlive(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    while (!this.#stopping.signal.aborted) {
      const startedAt = performance.now()
      const why = await this.#liveOnce()
      if (this.#stopping.signal.aborted) return
      console.error(`${this.#supervision.name} ended (${why}); it is started again.`)
      this.#supervision.died?.()
      if (performance.now() - startedAt > SETTLED_MS) pauseMs = FIRST_PAUSE_MS
      await this.#pause(pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  /** Resolves with the reason when the process has ended. */
  async #liveOnce(): Promise<string> {
    const words = new TextTail()
    const { file, arguments: args = [], folder, environment } = this.#program
    const child = fork(/* turbopackIgnore: true */ file, args, {
      cwd: folder,
      env: environment,
      execArgv: [],
      // A group of its own: what it starts is ended with it, and Ctrl-C in the terminal reaches the server alone.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => words.add(chunk))
    child.on('message', (raw) => this.#receive(raw, words))
    try {
      const [code, signal] = await once(child, 'exit')
      return `${signal ?? `exit code ${code}`} ${words.lines(5)}`.trim()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    } finally {
      // Killed, it could not end its own workers.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
      this.#child = null
      if (this.#service !== null) this.#ready = Promise.withResolvers()
      this.#service = null
    }
  }

  #receive(raw: unknown, words: TextTail): void {
    const parsed = this.#supervision.messages.safeParse(raw)
    if (!parsed.success) {
      words.add(`said something unknown: ${parsed.error.message}\n`)
      return
    }
    const service = this.#supervision.inService(parsed.data)
    if (service !== null) {
      this.#service = service
      this.#ready.resolve(service)
    }
    this.#supervision.message?.(parsed.data)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#stopping.signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.#stopping.signal.addEventListener('abort', done)
    })
  }
}
