/**
 * The program of a run's process: takes one start message, looks up the experiment's definition and its handler, and tells
 * the server what happens. Its main thread only organises, so that it always answers. It ends with its run, and when the
 * server is gone; in each case its folder is removed. Options `--registry` and `--handlers` exchange where definitions and
 * handlers are looked up.
 */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { RunErrorCode } from '#lib/contract/run.ts'
import type { RunnerEvent } from '#lib/contract/run-event.ts'
import { type FromRunner, fromRunnerSchema, type StartMessage, toRunnerSchema } from '#lib/contract/runner-message.ts'
import type { Experiment } from '#lib/experiments/experiment.ts'
import { type CommandAct, type Handler, RunFailure } from './experiments/run-context.ts'
import { RunnerOutbox } from './runner-outbox.ts'
import { storageFailureOf } from './workloads/storage-failure.ts'

/** How long a handler may take to stop once the server is gone. */
const ORPHAN_GRACE_MS = 1_000

const { values: options } = parseArgs({
  options: {
    registry: { type: 'string', default: path.join(import.meta.dirname, '../lib/experiments/registry.ts') },
    handlers: { type: 'string', default: path.join(import.meta.dirname, 'experiments') },
  },
})

const stopping = new AbortController()
const commands = new Map<string, CommandAct>()
/** Being done: not to be asked for again before that is over. */
const underWay = new Set<string>()
let outbox: RunnerOutbox | null = null
let folder: string | null = null

/** Resolves when the message is in the channel, or can't be: then `disconnect` says the rest. */
const tell = (message: FromRunner): Promise<void> => {
  const checked = fromRunnerSchema.parse(message) // throws at once: nothing may be told after what was wrong
  return new Promise((written) => {
    if (process.connected) process.send?.(checked, undefined, {}, () => written())
    else written()
  })
}

const tellCommands = (): void =>
  void tell({ type: 'commands', commands: [...commands.keys()].filter((command) => !underWay.has(command)) })

const obey = async (command: string): Promise<void> => {
  const act = commands.get(command)
  if (act === undefined || underWay.has(command)) return
  underWay.add(command)
  await act()
  underWay.delete(command)
  tellCommands()
}

const importFrom = async (file: string): Promise<Record<string, unknown>> => import(pathToFileURL(file).href)

// What a module of ours exports under an agreed name; the type can't be checked further at run time.
const isFunction = (value: unknown): value is (...args: never[]) => unknown => typeof value === 'function'

const lookUp = async (id: string): Promise<{ experiment: Experiment; handler: Handler<unknown, object> }> => {
  const registry = await importFrom(options.registry)
  if (!isFunction(registry.findExperiment)) throw new TypeError(`${options.registry} exports no findExperiment`)
  const experiment = (registry.findExperiment as (id: string) => Experiment | null)(id)
  if (experiment === null) throw new RangeError(`There is no experiment "${id}"`)
  const { handler } = await importFrom(path.join(options.handlers, `${experiment.id}.ts`))
  if (!isFunction(handler)) throw new TypeError(`The execution of "${id}" exports no handler`)
  return { experiment, handler: handler as Handler<unknown, object> }
}

const execute = async (start: StartMessage, emit: RunnerOutbox): Promise<RunnerEvent | null> => {
  try {
    const { experiment, handler } = await lookUp(start.experiment)
    const params = experiment.params.parse(start.params)
    const originNs = process.hrtime.bigint()
    const result = await handler({
      runId: start.runId,
      params,
      machine: start.machine,
      clock: { originNs, nowUs: () => Number(process.hrtime.bigint() - originNs) / 1_000 },
      emit,
      signal: stopping.signal,
      movieApi: start.movieApi,
      folder: start.folder,
      onCommand: (command, act) => {
        commands.set(command, act)
        tellCommands()
        return () => {
          commands.delete(command)
          tellCommands()
        }
      },
    })
    if (stopping.signal.aborted) return null
    return { type: 'result', data: z.record(z.string(), z.unknown()).parse(experiment.result.parse(result)) }
  } catch (error) {
    return stopping.signal.aborted ? null : failureOf(error)
  }
}

/** A temporary folder that is full or gone can meet every experiment: processes are handed their work in files. */
const codeOf = (error: unknown): RunErrorCode => {
  if (error instanceof RunFailure) return error.code
  return storageFailureOf(error) === null ? 'internal' : 'storage'
}

const failureOf = (error: unknown): RunnerEvent => {
  const code = codeOf(error)
  if (code === 'internal') console.error(error)
  return { type: 'error', data: { code, message: error instanceof Error ? error.message : String(error) } }
}

const removeFolder = (): void => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

const run = async (start: StartMessage): Promise<void> => {
  folder = start.folder
  let written = Promise.resolve()
  outbox = new RunnerOutbox((event) => {
    written = tell({ type: 'event', event })
  })
  const last = await execute(start, outbox)
  if (last === null) written = tell({ type: 'stopped' })
  else await outbox.finish(last)
  await written // leaving before would cut off what the channel has not taken yet
  end()
}

/** Threads that a handler left behind end here; processes that it left behind are ended by the server. */
const end = (): never => {
  removeFolder()
  process.exit(0)
}

/** Whatever was not awaited and failed must not end a run without a cause. */
const die = (error: unknown): void => {
  if (stopping.signal.aborted) process.exit(1)
  void tell({ type: 'event', event: failureOf(error) }).then(() => process.exit(1))
}
process.on('uncaughtException', die)
process.on('unhandledRejection', die)

process.on('message', (raw) => {
  const message = toRunnerSchema.parse(raw)
  if (message.type === 'start') run(message).catch(die)
  else if (message.type === 'command') obey(message.command).catch(die)
  else if (message.type === 'taken') outbox?.taken(message.events)
  else stopping.abort(new Error('The run was asked to stop'))
})

process.on('disconnect', () => {
  stopping.abort(new Error('The server is gone'))
  setTimeout(() => {
    removeFolder()
    // Nobody else is left to end the processes of this run: they are of one group, which this process leads.
    if (process.platform === 'win32') process.exit(1)
    process.kill(-process.pid, 'SIGKILL')
  }, ORPHAN_GRACE_MS)
})
