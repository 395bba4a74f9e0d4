/**
 * A block: a task and the arguments of a few of its calls, as bytes. Arguments are serialised once, by the caller, whatever
 * the number of workers; a worker deserialises only the blocks of which it claims a call. Equal references inside a block
 * arrive as one object, so tasks read their arguments and don't write to them.
 *
 * Anything that v8's structured serialisation knows can be sent: plain data, typed arrays, Map, Set, Date, Error, BigInt, cycles.
 */
import type { Task } from './executor.ts'

export interface Block {
  task: Task<unknown, unknown>
  args: readonly unknown[]
}

/** Loaded with the first block: it takes a tenth of a worker's whole start. */
let v8: typeof import('node:v8') | undefined

export const decodeBlock = (bytes: Uint8Array): Block => {
  v8 ??= process.getBuiltinModule('node:v8')
  const deserializer = new v8.Deserializer(bytes)
  deserializer.readHeader()
  // Trusted: written by encodeBlock of the same program.
  const [module, name, args] = deserializer.readValue() as [string, string, unknown[]]
  return { task: { module, name }, args }
}
