import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createBoardMemory, DeadlockBoard } from './board.ts'

const THREADS = 3
const LOCKS = 4

const operations = fc.array(
  fc.record({
    what: fc.constantFrom('wants', 'holds', 'givesUp', 'letsGo', 'completedRound', 'retries'),
    thread: fc.nat({ max: THREADS - 1 }),
    lock: fc.nat({ max: LOCKS - 1 }),
  }),
)

test('what was published is seen, by whoever shares the memory', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const memory = createBoardMemory(THREADS, LOCKS)
      const [writer, reader] = [new DeadlockBoard(memory), new DeadlockBoard(memory)]
      const wants: (number | null)[] = Array(THREADS).fill(null)
      const holders: (number | null)[] = Array(LOCKS).fill(null)
      const rounds: number[] = Array(THREADS).fill(0)
      const retries: number[] = Array(THREADS).fill(0)
      for (const [at, { what, thread, lock }] of steps.entries()) {
        if (what === 'wants') {
          writer.wants(thread, lock, at)
          wants[thread] = lock
        } else if (what === 'holds') {
          writer.holds(thread, lock)
          holders[lock] = thread
          wants[thread] = null
        } else if (what === 'givesUp') {
          writer.givesUp(thread)
          wants[thread] = null
        } else if (what === 'letsGo') {
          writer.letsGo(thread, lock)
          holders[lock] = null
        } else if (what === 'completedRound') {
          writer.completedRound(thread, at)
          rounds[thread] = (rounds[thread] ?? 0) + 1
        } else {
          writer.retries(thread, at)
          retries[thread] = (retries[thread] ?? 0) + 1
        }
      }
      const seen = reader.look()
      assert.deepEqual({ wants: seen?.wants, holders: seen?.holders }, { wants, holders })
      assert.deepEqual(reader.counts(), { rounds, retries })
      const latest = (wanted: string): number =>
        Math.max(
          0,
          steps.findLastIndex(({ what }) => what === wanted),
        )
      const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
      assert.deepEqual(reader.totals(), {
        rounds: sum(rounds),
        lastRoundUs: latest('completedRound'),
        retries: sum(retries),
        lastRetryUs: latest('retries'),
      })
    }),
  )
})

test('nothing is seen while somebody is in the middle of a change', () => {
  const memory = createBoardMemory(2, 2)
  const board = new DeadlockBoard(memory)
  board.wants(1, 0, 5)
  // What a thread that was switched away from there leaves behind.
  Atomics.add(memory.words, 1, 1)
  assert.equal(board.look(), null)
  Atomics.add(memory.words, 1, 1)
  assert.deepEqual(board.look()?.wants, [null, 0])
})

test('telling a thread to give up disturbs nothing else', () => {
  const board = new DeadlockBoard(createBoardMemory(2, 2))
  board.holds(0, 0)
  board.completedRound(1, 7)
  const before = [board.look(), board.counts()]
  Atomics.store(board.giveUpWord(1), 0, 1)
  assert.deepEqual([board.look(), board.counts()], before)
  assert.equal(Atomics.load(board.giveUpWord(0), 0), 0)
})

test('the beginning is the moment of the first that says so, however late the others get their cores', () => {
  const memory = createBoardMemory(3, 3)
  const [first, late, reader] = [memory, memory, memory].map((shared) => new DeadlockBoard(shared))
  assert.equal(reader?.beganUs, null)
  first?.begins(1_000)
  first?.completedRound(0, 1_400)
  late?.begins(14_000)
  assert.equal(reader?.beganUs, 1_000)
  assert.deepEqual(reader?.look()?.holders, [null, null, null], 'a lock of its own is nobody’s')
})
