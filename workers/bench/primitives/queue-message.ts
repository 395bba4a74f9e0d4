/** What the two threads of the queue figure agree upon: messages of 64 bytes that begin with their number. */
import type { MessagePort } from 'node:worker_threads'

export const MESSAGE_BYTES = 64
export const WORDS = MESSAGE_BYTES / 4
export const BATCH = 64

export interface QueueBenchData {
  buffer: SharedArrayBuffer
  port: MessagePort
}

export interface QueueOrder {
  how: 'pop' | 'popMany' | 'receive'
  count: number
}
