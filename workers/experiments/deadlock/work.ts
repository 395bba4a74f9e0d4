/**
 * What is done outside, with one lock and with both: real work on shared data that only its lock protects, so that two at once
 * would be seen in the end. Each part takes some 50–150 µs of computing.
 */
import type { Scenario } from '#lib/experiments/deadlock-policies.ts'
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'

/** Numbers in a list at first; more than the rounds of a run, so that no list is ever empty. */
const LIST_LENGTH = 4_000
/** Numbers that are sorted for each part. */
const SORTED = 1_500

/** `two-lists` and `self`: a row for each list, length first. `philosophers`: how often each fork was used. */
export interface WorkMemory {
  lists: Int32Array
  stride: number
}

export interface Work {
  outside(): void
  /** With its own lock. */
  prepare(): void
  /** With all of its locks. */
  finish(): void
  /** With its own lock: as if `prepare` had not been. */
  undo(): void
}

export const createWorkMemory = (
  scenario: Scenario,
  participants: number,
  rounds: number,
  seed: number,
): WorkMemory => {
  const rows = scenario === 'self' ? 1 : participants
  const stride = scenario === 'philosophers' ? 1 : 1 + LIST_LENGTH + rounds
  const lists = new Int32Array(new SharedArrayBuffer(4 * rows * stride))
  if (scenario === 'philosophers') return { lists, stride }
  const random = createSeededRandom(seed)
  for (let row = 0; row < rows; row++) {
    lists[row * stride] = LIST_LENGTH
    for (let i = 1; i <= LIST_LENGTH; i++) lists[row * stride + i] = random.integer(1_000_000)
  }
  return { lists, stride }
}

/** What the shared data must be after so many rounds of each thread, and nothing is, if two threads met in it. */
export const isIntact = (scenario: Scenario, memory: WorkMemory, roundsDone: readonly number[]): boolean => {
  const { lists, stride } = memory
  if (scenario === 'philosophers') {
    const last = roundsDone.length - 1
    return roundsDone.every((meals, i) => lists[i] === meals + (roundsDone[i === 0 ? last : i - 1] ?? 0))
  }
  // Who moves a number takes it out of its own list and puts it into the next one's.
  const moved = scenario === 'two-lists' ? roundsDone : roundsDone.map(() => 0)
  const last = moved.length - 1
  return moved.every((gone, i) => lists[i * stride] === LIST_LENGTH - gone + (moved[i === 0 ? last : i - 1] ?? 0))
}

/** A list in shared memory, which nothing but its lock protects. */
class SharedList {
  readonly #words: Int32Array

  constructor(memory: WorkMemory, row: number) {
    this.#words = memory.lists.subarray(row * memory.stride, (row + 1) * memory.stride)
  }

  add(number: number): void {
    const length = this.#words[0] ?? 0
    this.#words[length + 1] = number
    this.#words[0] = length + 1
  }

  /** Sorts a copy to find the one in the middle, and takes it out. */
  takeMedian(scratch: Int32Array): number {
    const length = this.#words[0] ?? 0
    const copy = scratch.subarray(0, length)
    copy.set(this.#words.subarray(1, length + 1))
    copy.sort()
    const median = copy[length >> 1] ?? 0
    this.#words[this.#words.indexOf(median, 1)] = this.#words[length] ?? 0
    this.#words[0] = length - 1
    return median
  }
}

export const createWork = (
  scenario: Scenario,
  memory: WorkMemory,
  thread: number,
  participants: number,
  seed: number,
): Work => {
  const random = createSeededRandom(seed + thread)
  const numbers = new Int32Array(SORTED)
  const compute = (): void => {
    for (let i = 0; i < SORTED; i++) numbers[i] = random.bits()
    numbers.sort()
  }
  const nothing = (): void => undefined
  const neighbour = (thread + 1) % participants

  if (scenario === 'philosophers') {
    const eat = (): void => {
      // Read, compute, write: a neighbour eating with the same fork meanwhile would be lost.
      const [left = 0, right = 0] = [memory.lists[thread], memory.lists[neighbour]]
      compute()
      memory.lists[thread] = left + 1
      memory.lists[neighbour] = right + 1
    }
    return { outside: compute, prepare: compute, finish: eat, undo: nothing }
  }

  const scratch = new Int32Array(memory.stride)
  const own = new SharedList(memory, scenario === 'self' ? 0 : thread)
  if (scenario === 'self') {
    return {
      outside: compute,
      prepare: () => own.add(random.integer(1_000_000)),
      finish: () => void own.takeMedian(scratch),
      undo: nothing,
    }
  }
  const other = new SharedList(memory, neighbour)
  let taken = 0
  return {
    outside: compute,
    prepare: () => {
      taken = own.takeMedian(scratch)
    },
    finish: () => other.add(taken),
    undo: () => own.add(taken),
  }
}
