/**
 * Starts and holds those who take part in a flow: producers' threads, consumers' threads or processes. However one ends, `ended` says
 * how and never rejects: done, failed with a reason, or died. `kill` is sudden: `terminate` of a thread, SIGKILL of a process.
 */
import { fork, type Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { workerEnvironment } from '../../executors/compile-cache.ts'
import { AT, type ConsumerMemory, ORDER, ORDERS, WHERE } from './consumer-memory.ts'
import { takeReport } from './consumer-reporter.ts'
import type {
  ConsumerData,
  FromConsumerProcess,
  FromParty,
  ProduceMessage,
  ProducerData,
  ToConsumerProcess,
} from './flow-messages.ts'
import type { ConsumerSettings, KillRequest } from './party.ts'

const PRODUCER = new URL('./producer-thread.ts', import.meta.url)
const CONSUMER_THREAD = new URL('./consumer-thread.ts', import.meta.url)
const CONSUMER_PROCESS = new URL('./consumer-process.ts', import.meta.url)

export type PartyEnd =
  | { how: 'done' }
  | { how: 'failed'; code: 'queue' | 'database' | 'crashed'; message: string }
  | { how: 'died'; reason: string }

export interface PartyLink {
  /** When it was able to begin, and as what the system knows it; null when it ended before. */
  readonly ready: Promise<{ atUs: number; pid: number; tid: number } | null>
  readonly ended: Promise<PartyEnd>
  kill(): void
}

export interface ProducerLink extends PartyLink {
  produce(message: ProduceMessage): void
}

export interface ConsumerLink extends PartyLink {
  begin(): void
  /** Asks it to stop at that moment of its work; `isStopped` tells when it has. */
  stopAt(moment: KillRequest): void
  isStopped(): boolean
}

type Ready = { atUs: number; pid: number; tid: number } | null

const partyOf = () => {
  const ready = Promise.withResolvers<Ready>()
  const ended = Promise.withResolvers<PartyEnd>()
  let end: PartyEnd | null = null
  return {
    ready: ready.promise,
    ended: ended.promise,
    receive: (message: FromParty): void => {
      if (message.type === 'ready') ready.resolve(message)
      else end = message.type === 'done' ? { how: 'done' } : { ...message, how: 'failed' }
    },
    crashed: (error: unknown): void => {
      end ??= { how: 'failed', code: 'crashed', message: error instanceof Error ? error.message : String(error) }
    },
    gone: (reason: string): void => {
      ready.resolve(null)
      ended.resolve(end ?? { how: 'died', reason })
    },
  }
}

const startThread = (program: URL, workerData: ProducerData | ConsumerData, name: string) => {
  const party = partyOf()
  const worker = new Worker(program, { workerData, env: workerEnvironment(), name })
  worker.on('message', party.receive)
  worker.on('error', party.crashed)
  worker.on('exit', (code) => party.gone(`its thread ended with exit code ${code}`))
  const link: PartyLink = { ready: party.ready, ended: party.ended, kill: () => void worker.terminate() }
  return { worker, link }
}

export const startProducer = (data: ProducerData): ProducerLink => {
  const { worker, link } = startThread(PRODUCER, data, `producer ${data.settings.producer + 1}`)
  return { ...link, produce: (message) => worker.postMessage(message) }
}

export const startConsumerThread = (data: ConsumerData): ConsumerLink => {
  const { link } = startThread(CONSUMER_THREAD, data, `consumer ${data.settings.consumer + 1}`)
  const { state } = data.memory
  return {
    ...link,
    begin: () => undefined,
    stopAt: (moment) => void Atomics.store(state, ORDER, ORDERS[moment]),
    isStopped: () => Atomics.load(state, AT) === WHERE.stopped,
  }
}

export const startConsumerProcess = (
  settings: ConsumerSettings,
  memory: ConsumerMemory,
  samples: number,
): ConsumerLink => {
  const party = partyOf()
  const argument = JSON.stringify({ ...settings, originNs: settings.originNs.toString(), samples })
  const child = fork(/* turbopackIgnore: true */ fileURLToPath(CONSUMER_PROCESS), [argument], {
    serialization: 'advanced',
    env: workerEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let stopped = false
  let exit: string | null = null
  let open = true
  // Its last report may arrive after its end.
  const goneIfBoth = (): void => {
    if (exit !== null && !open) party.gone(exit)
  }
  child.on('message', (message: FromConsumerProcess) => {
    if (message.type === 'report') takeReport(memory, message)
    else if (message.type === 'stopped') stopped = true
    else party.receive(message)
  })
  child.on('disconnect', () => {
    open = false
    goneIfBoth()
  })
  child.on('exit', (code, signal) => {
    exit = signal ? `its process was ended by ${signal}` : `its process ended with exit code ${code}`
    goneIfBoth()
  })
  child.on('error', (error) => {
    party.crashed(error)
    if (child.pid === undefined) party.gone('its process could not be started')
  })
  const send = (message: ToConsumerProcess): void => {
    if (child.connected) child.send(message as Serializable, () => undefined)
  }
  return {
    ready: party.ready,
    ended: party.ended,
    kill: () => void child.kill('SIGKILL'),
    begin: () => send({ type: 'go' }),
    stopAt: (moment) => send({ type: 'stop-at', moment }),
    isStopped: () => stopped,
  }
}
