import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Policy } from '#lib/experiments/deadlock-policies.ts'
import { LIVELOCK_AFTER_MS } from '#lib/experiments/livelock-watch.ts'
import { createBoardMemory, DeadlockBoard } from './board.ts'
import { type Stuck, Watchdog } from './watchdog.ts'

/** Two threads as they publish themselves, and a clock that only the test moves. The timer is too slow to look by itself. */
const watched = (policy: Policy) => {
  const board = new DeadlockBoard(createBoardMemory(2, 2))
  board.begins(1)
  const told = { stuck: [] as Stuck[], woken: [] as number[] }
  const clock = { us: 0 }
  const watchdog = new Watchdog({
    board,
    policy,
    everyMs: 1_000_000,
    nowUs: () => clock.us,
    wake: (lock) => told.woken.push(lock),
    onLook: () => undefined,
    onStuck: (stuck) => told.stuck.push(stuck),
  })
  const embrace = (): void => {
    for (const thread of [0, 1]) board.holds(thread, thread)
    board.wants(0, 1, clock.us + 10)
    board.wants(1, 0, clock.us + 40)
  }
  return { board, watchdog, told, clock, embrace }
}

test('a cycle is named once, with the moment at which it closed', () => {
  const { watchdog, told, clock, embrace } = watched('none')
  using _ = watchdog
  watchdog.look()
  assert.deepEqual(told.stuck, [])
  embrace()
  clock.us = 5_000
  watchdog.look()
  watchdog.look()
  assert.equal(told.stuck.length, 1)
  const [detection] = watchdog.detections
  assert.deepEqual([detection?.circle, detection?.closedAtUs, detection?.atUs], [[0, 1], 40, 5_000])
})

test('under detection one of the cycle is told to give up, and woken at the lock it wants', () => {
  const { board, watchdog, told, embrace } = watched('detect')
  using _ = watchdog
  embrace()
  watchdog.look()
  watchdog.look() // not there yet: it isn't told again
  assert.deepEqual(told, { stuck: [], woken: [0] })
  assert.deepEqual(
    [0, 1].map((thread) => Atomics.load(board.giveUpWord(thread), 0)),
    [0, 1],
  )
  assert.equal(watchdog.detections.length, 1)
})

test('the next cycle ends another one, so that nobody gives up every time', () => {
  const { board, watchdog, embrace } = watched('detect')
  using _ = watchdog
  const victims = [0, 1, 2, 3].map(() => {
    embrace()
    watchdog.look()
    const victim = [0, 1].find((thread) => Atomics.exchange(board.giveUpWord(thread), 0, 0) === 1)
    for (const thread of [0, 1]) {
      board.givesUp(thread)
      board.letsGo(thread, thread)
    }
    return victim
  })
  assert.deepEqual(victims, [1, 0, 1, 0])
})

test('a cycle that a time-out will break is counted and left alone', () => {
  const { watchdog, told, embrace } = watched('timeout')
  using _ = watchdog
  embrace()
  watchdog.look()
  assert.equal(watchdog.detections.length, 1)
  assert.deepEqual(told, { stuck: [], woken: [] })
})

test('retries without a round end in a livelock, once', () => {
  const { board, watchdog, told, clock } = watched('timeout')
  using _ = watchdog
  watchdog.look()
  for (let i = 0; i < 100; i++) board.retries(i % 2, 1)
  clock.us = 1_000 * LIVELOCK_AFTER_MS
  watchdog.look()
  watchdog.look()
  assert.deepEqual(told.stuck, [
    {
      how: 'livelocked',
      livelock: { withoutProgressMs: LIVELOCK_AFTER_MS, retries: 100 },
      atUs: clock.us,
      sinceUs: 0,
    },
  ])
})

test('the moment at which most waited is kept', () => {
  const { board, watchdog } = watched('ordered')
  using _ = watchdog
  board.holds(0, 0)
  board.wants(1, 0, 3)
  watchdog.look()
  board.givesUp(1)
  watchdog.look()
  assert.deepEqual(watchdog.busiest?.wants, [null, 0])
})
