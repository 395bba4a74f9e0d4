/**
 * A thread's claims: one atomic add on a cursor of the oldest hand-over that has calls left. A block of arguments is
 * deserialised when the first of its calls is claimed here, and kept while calls of it follow.
 */
import { type Block, decodeBlock } from './block.ts'
import type { Claim, Claims } from './claims.ts'
import type { Task } from './executor.ts'
import { CANCEL_ALL } from './protocol.ts'
import { CANCELLABLE, NONE, SharedBatch, type SharedBatchHandout } from './shared-batch.ts'

class SharedClaim implements Claim {
  readonly batch: number
  readonly index: number
  readonly task: Task<unknown, unknown>
  readonly args: unknown
  readonly skipped: boolean
  readonly cancellable: boolean
  readonly #shared: SharedBatch
  readonly #position: number
  readonly #owner: number

  constructor(shared: SharedBatch, position: number, index: number, owner: number, block: Block | null, args: unknown) {
    this.batch = shared.handout.batch
    this.index = index
    this.task = block?.task ?? NO_TASK
    this.args = args
    this.skipped = block === null
    this.cancellable = (shared.handout.flags & CANCELLABLE) !== 0
    this.#shared = shared
    this.#position = position
    this.#owner = owner
  }

  cancelled(): boolean {
    return Atomics.load(this.#shared.cancelled, this.#position) === CANCEL_ALL
  }

  ended(): void {
    Atomics.store(this.#shared.owner, this.#position, -this.#owner)
  }
}

const NO_TASK: Task<unknown, unknown> = { module: '', name: '' }

export class SharedClaims implements Claims<SharedBatchHandout[]> {
  readonly #queue: SharedBatch[] = []
  #blockOwner: SharedBatch | null = null
  #blockNumber = -1
  #block: Block | null = null

  add(handouts: SharedBatchHandout[]): void {
    for (const handout of handouts) this.#queue.push(new SharedBatch(handout))
  }

  next(worker: number, startedUs: number): Claim | null {
    for (let shared = this.#queue[0]; shared; shared = this.#queue[0]) {
      const position = shared.claim()
      if (position !== NONE) return this.#claim(shared, position, worker, startedUs)
      this.#queue.shift()
      if (this.#blockOwner === shared) this.#forget()
    }
    return null
  }

  #claim(shared: SharedBatch, position: number, worker: number, startedUs: number): Claim {
    shared.startedUs[position] = startedUs
    // First the owner, then the look at the cancellation; the caller's side writes the cancellation, then looks at the owner.
    // Sequential consistency lets at least one of the two see the other, so no call is both cancelled unseen and running.
    Atomics.store(shared.owner, position, worker + 1)
    const index = shared.order[position] ?? position
    if (Atomics.load(shared.cancelled, position) !== 0) {
      return new SharedClaim(shared, position, index, worker + 1, null, undefined)
    }
    const number = shared.blockOf[position] ?? 0
    const block = this.#blockOf(shared, number)
    const args = block.args[position - (shared.blockStart[number] ?? 0)]
    return new SharedClaim(shared, position, index, worker + 1, block, args)
  }

  #blockOf(shared: SharedBatch, number: number): Block {
    if (this.#block && this.#blockOwner === shared && this.#blockNumber === number) return this.#block
    const block = shared.handout.cloned?.[number] ?? decodeBlock(shared.blockBytes(number))
    this.#blockOwner = shared
    this.#blockNumber = number
    this.#block = block
    return block
  }

  #forget(): void {
    this.#blockOwner = null
    this.#blockNumber = -1
    this.#block = null
  }
}
