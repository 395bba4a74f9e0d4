/**
 * Cuts a list of calls into blocks for the workers, in the order of execution. A block grows while its arguments are small (so
 * that fine tasks share the cost of a block) and stays a single call where they are big. Calls whose arguments can't be sent
 * are left out, with the reason. A long list comes in sheets, so that workers begin while the rest is still being serialised.
 */
import type { Block } from './block.ts'
import { encodeBlock, SharedMemoryInArgs } from './encode-block.ts'
import type { Task, TaskError } from './executor.ts'

const BLOCK_BYTES = 65_536
const BLOCK_CALLS = 256
/** Of the first sheet; each has twice as many as the one before, so that hearing of sheets costs little. */
const SHEET_BLOCKS = 4

/** `bytes`, or, where shared memory is among the arguments, a structured clone that has the memory itself. */
export type EncodedBlock =
  | { count: number; bytes: Uint8Array; cloned: null }
  | { count: number; bytes: null; cloned: Block }

export interface HandOver {
  /** Position → index in the list, without those refused. */
  order: number[]
  blocks: EncodedBlock[]
  refused: { index: number; error: TaskError }[]
}

/** 'clone': threads can share memory. 'refuse': processes can't. */
export type SharedMemoryPolicy = 'clone' | 'refuse'

const encode = (task: Task<unknown, unknown>, args: readonly unknown[], policy: SharedMemoryPolicy): EncodedBlock => {
  try {
    return { count: args.length, bytes: encodeBlock({ task, args }), cloned: null }
  } catch (refusal) {
    if (!(refusal instanceof SharedMemoryInArgs) || policy === 'refuse') throw refusal
    // Now, not when it is sent: what the caller writes into its own objects later is not part of this call.
    return {
      count: args.length,
      bytes: null,
      cloned: { task: { module: task.module, name: task.name }, args: structuredClone(args) },
    }
  }
}

const refusalOf = (thrown: unknown): TaskError => {
  const shared = thrown instanceof SharedMemoryInArgs
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'not-cloneable',
    name: 'DataCloneError',
    message: shared
      ? 'the arguments hold a SharedArrayBuffer, which cannot be sent to another process: memory is shared by threads only'
      : `the arguments cannot be sent to a worker: ${reason}`,
    stack: null,
  }
}

/** Largest first where `sizes` are given; equal ones, and all without sizes, in the list's order. */
const executionOrder = (count: number, sizes: readonly number[] | undefined): number[] => {
  const order = Array.from({ length: count }, (_, index) => index)
  return sizes ? order.sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0)) : order
}

/** The next sheet is serialised when it is asked for. */
export function* handOverInSheets(
  task: Task<unknown, unknown>,
  argsList: readonly unknown[],
  policy: SharedMemoryPolicy,
  sizes?: readonly number[],
): Generator<HandOver, void, undefined> {
  const planned = executionOrder(argsList.length, sizes)
  let sheetBlocks = SHEET_BLOCKS
  let sheet: HandOver = { order: [], blocks: [], refused: [] }
  const add = (indices: readonly number[]): void => {
    try {
      const block = encode(
        task,
        indices.map((index) => argsList[index]),
        policy,
      )
      sheet.blocks.push(block)
      sheet.order.push(...indices)
    } catch (refusal) {
      const [only] = indices
      // One of them is to blame; which one is found by sending each alone.
      if (indices.length > 1) for (const index of indices) add([index])
      else if (only !== undefined) sheet.refused.push({ index: only, error: refusalOf(refusal) })
    }
  }
  let calls = 1
  for (let at = 0; at < planned.length; ) {
    const indices = planned.slice(at, at + calls)
    add(indices)
    at += indices.length
    const bytes = sheet.blocks.at(-1)?.bytes?.byteLength ?? BLOCK_BYTES
    const fitting = Math.floor((BLOCK_BYTES * indices.length) / Math.max(1, bytes))
    calls = Math.max(1, Math.min(BLOCK_CALLS, 4 * calls, fitting))
    if (sheet.blocks.length < sheetBlocks && at < planned.length) continue
    yield sheet
    sheetBlocks *= 2
    sheet = { order: [], blocks: [], refused: [] }
  }
}

/** Everything at once. */
export const handOver = (...list: Parameters<typeof handOverInSheets>): HandOver => {
  const sheets = [...handOverInSheets(...list)]
  return {
    order: sheets.flatMap(({ order }) => order),
    blocks: sheets.flatMap(({ blocks }) => blocks),
    refused: sheets.flatMap(({ refused }) => refused),
  }
}
