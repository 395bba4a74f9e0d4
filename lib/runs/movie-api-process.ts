/** The embedded movie API as a process beside the server; whoever needs its address waits until it is in service. */
import { type MovieApiMessage, movieApiMessageSchema } from '../contract/movie-api-message.ts'
import { type Program, SupervisedProcess } from './supervised-process.ts'

export class MovieApiProcess {
  readonly #process: SupervisedProcess<MovieApiMessage, string>

  /** `program` is workers/movie-api.ts. */
  constructor(program: Program) {
    this.#process = new SupervisedProcess(program, {
      name: 'The embedded movie API',
      messages: movieApiMessageSchema,
      inService: (message) => (message.type === 'ready' ? message.url : null),
    })
  }

  /** null while it is not in service. */
  get url(): string | null {
    return this.#process.service
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Its base URL as soon as it is in service; null when `signal` is aborted before. */
  whenReady(signal: AbortSignal): Promise<string | null> {
    return this.#process.whenReady(signal)
  }

  stop(): Promise<void> {
    return this.#process.stop()
  }
}
