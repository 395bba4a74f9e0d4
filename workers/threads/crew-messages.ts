/** What a crew and its threads say to each other. Trusted on both sides: neither takes messages from anybody else. */
import type { ThreadUsage } from '../measuring/cpu-time.ts'
import type { SpanMemory } from './span-recorder.ts'

export interface CrewThreadSettings {
  originNs: bigint
}

/** Shared by all threads of one run. */
export interface RunControl {
  cancellation: Int32Array
  barrier: Int32Array
  /** Two moments in nanoseconds of `process.hrtime`, for every other start: no one may set the next while another still waits for this. */
  startNs: BigInt64Array
}

export interface RunMessage {
  run: number
  module: string
  name: string
  index: number
  threads: number
  shared: unknown
  args: unknown
  control: RunControl
  spans: SpanMemory
}

export interface ThreadError {
  name: string
  message: string
}

export type FromCrewThread =
  | { type: 'ready'; pid: number; tid: number; atUs: number }
  | {
      type: 'ended'
      run: number
      outcome: { how: 'returned'; value: unknown } | { how: 'threw'; error: ThreadError }
      usage: ThreadUsage
    }
