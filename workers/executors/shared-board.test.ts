/** The board in shared memory, and workers that claim from it: every call once, in the order asked for, or cancelled. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { handOver } from './hand-over.ts'
import { CANCEL_ALL, CANCEL_WAITING } from './protocol.ts'
import { SharedBoard } from './shared-board.ts'
import { SharedClaims } from './shared-claims.ts'

const task = { module: 'file:///task.ts', name: 'task' }

const laidOut = (args: readonly unknown[], sizes?: readonly number[]): SharedBoard => {
  const board = new SharedBoard()
  const { order, blocks } = handOver(task, args, board.sharedMemory, sizes)
  board.layOut({ batch: 1, order, blocks, inOrder: sizes !== undefined, cancellable: false })
  return board
}

const workerOf = (board: SharedBoard, told = 0): SharedClaims => {
  const claims = new SharedClaims()
  claims.add(board.handout(told))
  return claims
}

/** Two workers take turns (true: the second's) until one finds nothing more. @returns the calls in the order of their claims */
const claimedByTwo = (
  board: SharedBoard,
  turns: readonly boolean[],
  argsOf: (index: number) => string | undefined,
): number[] => {
  const workers = [workerOf(board), workerOf(board)]
  const seen: number[] = []
  for (let turn = 0; ; turn++) {
    const number = turns[turn % Math.max(1, turns.length)] ? 1 : 0
    const claim = workers[number]?.next(number, 0)
    if (!claim) return seen
    assert.equal(claim.args, argsOf(claim.index))
    seen.push(claim.index)
  }
}

test('two workers claim every call once, with its own arguments, the largest first', () => {
  const texts = fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }), size: fc.nat(9) }), { maxLength: 700 })
  fc.assert(
    fc.property(texts, fc.array(fc.boolean()), (calls, turns) => {
      const board = laidOut(
        calls.map(({ text }) => text),
        calls.map(({ size }) => size),
      )
      const seen = claimedByTwo(board, turns, (index) => calls[index]?.text)
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        [...calls.keys()],
      )
      const sizes = seen.map((index) => calls[index]?.size ?? 0)
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => b - a),
      )
    }),
    { numRuns: 50 },
  )
})

test('where no order is asked for, two workers take different blocks, help each other at the end, and claim every call once', () => {
  fc.assert(
    fc.property(fc.nat(900), fc.array(fc.boolean()), (count, turns) => {
      const board = laidOut(Array.from({ length: count }, (_, index) => `call ${index}`))
      const seen = claimedByTwo(board, turns, (index) => `call ${index}`)
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        Array.from({ length: count }, (_, index) => index),
      )
    }),
    { numRuns: 50 },
  )
  // Blocks of 1, 4, 16 and so on.
  const board = laidOut(Array.from({ length: 60 }, (_, index) => index))
  const [one, other] = [workerOf(board), workerOf(board)]
  const taken = [one.next(0, 0), other.next(1, 0), one.next(0, 0), other.next(1, 0), one.next(0, 0)]
  assert.deepEqual(
    taken.map((claim) => claim?.index),
    [0, 1, 5, 2, 6],
  )
})

test('a call is cancelled or claimed, and both sides agree which', () => {
  const board = laidOut(['a', 'b', 'c', 'd'])
  const worker = workerOf(board)
  const first = worker.next(0, 7)
  assert.deepEqual(board.cancel(1, null, CANCEL_WAITING), [{ batch: 1, index: 0, worker: 0, startedUs: 7 }])
  assert.equal(first?.skipped, false)
  assert.equal(worker.next(0, 8)?.skipped, true)
})

test('what runs goes on when only what waits is cancelled, and ends when all is', () => {
  const board = laidOut(['a', 'b'])
  const running = workerOf(board).next(0, 0)
  board.cancel(1, null, CANCEL_WAITING)
  assert.equal(running?.cancelled(), false)
  board.cancel(1, 0, CANCEL_ALL)
  assert.equal(running?.cancelled(), true)
})

test('calls of a worker that died are claimed again by another, which knew the first sheet', () => {
  const board = laidOut(['a', 'b', 'c'])
  const [dead, other] = [workerOf(board), workerOf(board)]
  dead.next(0, 1)
  dead.next(0, 2)?.ended()
  assert.equal(other.next(1, 3)?.index, 2)
  assert.deepEqual(
    board.claimedBy(0, 1).map(({ index }) => index),
    [0],
    'the one that had not ended is the one it died in',
  )
  board.layOutAgain(1, [1])
  other.add(board.handout(1))
  const again = other.next(1, 4)
  assert.deepEqual([again?.batch, again?.index, again?.args], [1, 1, 'b'])
  assert.equal(other.next(1, 5), null)
  board.release(1)
  assert.deepEqual(board.handout(0), [])
})
