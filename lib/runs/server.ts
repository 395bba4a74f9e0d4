/**
 * The composition root: everything that lives as long as the server does, one of each per process, put together here and
 * nowhere else. In development Next.js evaluates modules more than once, so the one instance hangs on globalThis.
 */
import path from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import type { Health } from '../contract/health.ts'
import type { Machine } from '../contract/run.ts'
import { experiments, findExperiment } from '../experiments/registry.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import { DataFolder } from './data-folder.ts'
import { describeMachine } from './machine.ts'
import { MovieApiProcess } from './movie-api-process.ts'
import { RunManager } from './run-manager.ts'
import type { RunnerProgram } from './runner-process.ts'
import { SearchHost } from './search-host.ts'
import { Services } from './services.ts'
import { embeddedMovieApi, type ServerSettings } from './settings.ts'

const SERVER = Symbol.for('interleave.server')
/** How long a run or a search waits for the embedded movie API to come into service before it finds out by itself that it does not. */
const MOVIE_API_WAIT_MS = 10_000
/** The discard port: an address where nothing answers, for what begins although the embedded API never came. */
const NOWHERE = 'http://127.0.0.1:9/3'

/** Whatever copy of this module runs: one holder for all of them. */
const processWide = globalThis as { [SERVER]?: InterleaveServer }

export interface ServerOptions {
  /** Where tests want something else than the product's own. */
  runner?: Partial<RunnerProgram>
  experiments?: ConstructorParameters<typeof RunManager>[0]['experiments']
}

export class InterleaveServer {
  readonly version = packageJson.version
  readonly machine: Machine = describeMachine()
  readonly settings: ServerSettings
  readonly runs: RunManager
  readonly searches: SearchHost
  readonly services: Services
  readonly #data: DataFolder
  readonly #embedded: MovieApiProcess | null
  #stopped: Promise<void> | null = null

  /** Throws when the data folder can't be used; everything else may come up later. */
  constructor(settings: ServerSettings, options: ServerOptions = {}) {
    this.settings = settings
    const { root, dataFolder } = settings
    this.#data = new DataFolder(dataFolder)
    const environment = childEnvironment(dataFolder)
    const movieApi = (signal: AbortSignal): Promise<MovieApiSettings> => this.movieApi(signal)
    this.#embedded =
      settings.movieApi === null
        ? new MovieApiProcess({ file: path.join(root, 'workers', 'movie-api.ts'), folder: root, environment })
        : null
    this.services = new Services(settings.services)
    this.runs = new RunManager({
      absentServices: () => this.services.absent,
      secrets: this.services.secrets,
      store: this.#data.store,
      machine: this.machine,
      experiments: options.experiments ?? { ids: Object.keys(experiments), find: findExperiment },
      movieApi,
      movieApiMode: settings.movieApi?.mode ?? 'embedded',
      temporaryFolder: this.#data.temporaryFolder,
      runner: {
        file: path.join(root, 'workers', 'runner.ts'),
        arguments: [],
        folder: root,
        environment,
        ...options.runner,
      },
    })
    this.searches = new SearchHost({
      program: { file: path.join(root, 'workers', 'search-host.ts'), folder: root, environment },
      movieApi,
      answered: () => this.runs.countSearch(),
    })
  }

  /** Where the movie API is; of the embedded one as soon as it is in service, or where nothing answers. */
  async movieApi(signal: AbortSignal): Promise<MovieApiSettings> {
    if (this.#embedded === null) return this.settings.movieApi ?? embeddedMovieApi(NOWHERE)
    const patience = AbortSignal.any([signal, AbortSignal.timeout(MOVIE_API_WAIT_MS)])
    return embeddedMovieApi((await this.#embedded.whenReady(patience)) ?? NOWHERE)
  }

  health(): Health {
    const { movieApi } = this.settings
    return {
      status: 'ok',
      version: this.version,
      movieApi:
        movieApi === null
          ? { mode: 'embedded', url: this.#embedded?.url ?? null }
          : { mode: movieApi.mode, url: movieApi.baseUrl },
      database: this.#databaseState(),
      queueLength: this.runs.queueLength,
    }
  }

  /** Closes every event stream and ends every process that was started, within 1.5 s. Once, however often it is called. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    await Promise.all([this.runs.stop(), this.searches.stop(), this.#embedded?.stop()])
    this.#data[Symbol.dispose]()
  }

  #databaseState(): Health['database'] {
    try {
      this.#data.store.check()
      return 'ok'
    } catch (error) {
      console.error('The database can not be read:', error)
      return 'failing'
    }
  }
}

/** Starts the one server of this process, or answers the one that is there. */
export const startServer = (settings: ServerSettings, options?: ServerOptions): InterleaveServer => {
  processWide[SERVER] ??= new InterleaveServer(settings, options)
  return processWide[SERVER]
}

/** Throws when there is none: instrumentation.ts starts it before the first request. */
export const runningServer = (): InterleaveServer => {
  const server = processWide[SERVER]
  if (server === undefined) throw new Error('The server has not been started')
  return server
}

/** What children inherit: not the key, which they are told where they need it, nor what is meant for this process alone. */
const childEnvironment = (dataFolder: string): NodeJS.ProcessEnv => {
  const { TMDB_TOKEN: _, NODE_OPTIONS: __, ...environment } = process.env
  // Stripping types costs every worker 20 ms; the cache takes that away.
  return { ...environment, NODE_COMPILE_CACHE: path.join(dataFolder, 'compile-cache') }
}
