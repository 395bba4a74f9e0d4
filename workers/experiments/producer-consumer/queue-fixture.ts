/** A queue that hands out what a test says, batch by batch, each as if for the first time. Not a test. */
import { writeMessage } from './message.ts'
import type { QueueOutput } from './party.ts'

export const queueOf = (batches: readonly (readonly number[])[]): QueueOutput => {
  let next = 0
  return {
    take: (into) => {
      const keys = batches[next++]
      if (keys === undefined) return null
      for (const [index, key] of keys.entries()) writeMessage(into, index, key, 1)
      return { count: keys.length, redelivered: 0 }
    },
    acknowledge: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  }
}
