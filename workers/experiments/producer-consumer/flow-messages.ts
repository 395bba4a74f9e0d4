/** What the runner and those who take part in a flow tell each other: threads by postMessage, processes over IPC. */
import type { ConsumerMemory } from './consumer-memory.ts'
import type { ConsumerSettings, KillRequest, ProducerSettings } from './party.ts'
import type { ProducerMemory } from './producer-memory.ts'

export interface ProducerData {
  settings: ProducerSettings
  memory: ProducerMemory
  cancellation: Int32Array
  queueBuffer: SharedArrayBuffer | null
  participant: number
}

export interface ConsumerData {
  settings: ConsumerSettings
  memory: ConsumerMemory
  cancellation: Int32Array
  queueBuffer: SharedArrayBuffer | null
  participant: number
}

/** `messages` of this producer, the flow beginning at that moment of the run's clock. */
export interface ProduceMessage {
  startUs: number
  messages: number
}

export type FromParty =
  | { type: 'ready'; atUs: number; pid: number; tid: number }
  | { type: 'done' }
  | { type: 'failed'; code: 'queue' | 'database' | 'crashed'; message: string }

/** A process's memory in full, but for spans and samples, of which the new ones come. */
export interface ConsumerReport {
  type: 'report'
  /** One of WHERE. */
  at: number
  counts: Float64Array
  histogram: Uint32Array
  samples: Float64Array
  spans: { labels: Uint8Array; times: Float64Array; leftOut: number }
}

export type FromConsumerProcess = FromParty | ConsumerReport | { type: 'stopped' }

export type ToConsumerProcess =
  | { type: 'stop-at'; moment: KillRequest }
  /** The channel is the process's sign of life: with 'go' it begins, so that its start isn't measured. */
  | { type: 'go' }
  | { type: 'end' }
