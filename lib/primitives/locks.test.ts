/** What the locks without owner promise beyond the contract. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NotHeldError } from './errors.ts'
import { Lock } from './lock.ts'
import { SpinLock } from './spin-lock.ts'
import { TicketLock } from './ticket-lock.ts'

for (const OwnerlessLock of [Lock, SpinLock, TicketLock]) {
  describe(`${OwnerlessLock.name} has no owner`, () => {
    test('is released by anyone, as after the death of its holder', () => {
      const mine = new OwnerlessLock()
      const heir = new OwnerlessLock(mine.words)
      mine.acquire()
      assert.ok(heir.held)
      assert.equal(heir.tryAcquire(1), false)
      heir.release()
      assert.equal(mine.held, false)
      assert.ok(heir.tryAcquire())
    })

    test('waits for itself when it is acquired twice', () => {
      const lock = new OwnerlessLock()
      lock.acquire()
      assert.equal(lock.tryAcquire(1), false)
    })

    test('refuses to be released while it is free', () => {
      const lock = new OwnerlessLock()
      assert.throws(() => lock.release(), NotHeldError)
      lock.acquire()
      lock.release()
      assert.throws(() => lock.release(), NotHeldError)
    })
  })
}

describe('TicketLock', () => {
  test('is handed over in the order of asking, past those who gave up, round the wrap of its tickets', async () => {
    for (const first of [0, -3, 2 ** 30 - 3, 2 ** 31 - 3]) {
      const lock = new TicketLock()
      lock.words.fill(first, 0, 2)
      lock.acquire()
      const order: number[] = []
      const controller = new AbortController()
      const waiters = [0, 1, 2, 3, 4, 5].map(async (number) => {
        await lock.acquireAsync(number % 2 ? {} : { signal: controller.signal })
        order.push(number)
        lock.release()
      })
      controller.abort()
      const ends = await Promise.allSettled([waiters[0], waiters[2], waiters[4]])
      assert.ok(ends.every(({ status }) => status === 'rejected'))
      lock.release()
      await Promise.all([waiters[1], waiters[3], waiters[5]])
      assert.deepEqual(order, [1, 3, 5])
      assert.equal(lock.held, false)
    }
  })

  /** As its layout has it: 1 = served, 2 = given up. */
  const markOf = (ticket: number, kind: 1 | 2): number => ((ticket >>> 6) << 2) | kind

  for (const kind of [1, 2] as const) {
    test(`is not misled by marks of tickets that were ${kind === 1 ? 'served' : 'given up'} long ago`, async () => {
      for (const age of [64, 2 ** 24, 2 ** 29 - 64, 2 ** 29, 2 ** 29 + 64, 2 ** 30, 2 ** 31, 3 * 2 ** 30]) {
        for (const first of [0, -3, 2 ** 29 + 68, 2 ** 30 - 3]) {
          const lock = new TicketLock()
          lock.words.fill(first, 0, 2)
          for (let ticket = first; ticket < first + 64; ticket++) {
            lock.words[2 + (ticket & 63)] = markOf(ticket - age, kind)
          }
          lock.acquire()
          const waiting = lock.acquireAsync()
          assert.equal(lock.tryAcquire(0.1), false)
          assert.equal(await lock.tryAcquireAsync(0.1), false)
          const last = lock.acquireAsync()
          lock.release()
          await waiting
          assert.ok(lock.held)
          lock.release()
          await last
          lock.release()
          assert.equal(lock.held, false)
        }
      }
    })

    test(`is not misled by those of the same ticket a whole wrap ago: ${kind === 1 ? 'served' : 'given up'}`, async () => {
      const lock = new TicketLock()
      // The next ticket is one before which old marks are wiped; the marks are those of the tickets from 64 later on.
      lock.words.fill(2 ** 24 - 1, 0, 2)
      for (let slot = 0; slot < 64; slot++) lock.words[2 + slot] = markOf(2 ** 24 + 64 + slot, kind)
      for (let turn = 0; turn < 66; turn++) {
        lock.acquire()
        lock.release()
      }
      lock.acquire()
      const waiting = lock.acquireAsync()
      assert.equal(lock.tryAcquire(0.1), false, 'given up, it leaves the lock to others')
      lock.release()
      await waiting
      lock.release()
      assert.equal(lock.held, false)
    })
  }

  test('keeps the marks of those who gave up just now when it wipes the old ones', async () => {
    const lock = new TicketLock()
    lock.words.fill(2 ** 24 - 2, 0, 2)
    lock.acquire()
    for (let i = 0; i < 3; i++) assert.equal(lock.tryAcquire(0.1), false)
    const waiting = lock.acquireAsync()
    lock.release()
    await waiting
    lock.release()
    assert.equal(lock.held, false)
  })

  test('lets one wait who finds all tickets out, until some are back', async () => {
    const lock = new TicketLock()
    lock.acquire()
    const waiters = Array.from({ length: 80 }, async () => {
      await lock.acquireAsync()
      lock.release()
    })
    assert.equal(lock.tryAcquire(1), false)
    lock.release()
    await Promise.all(waiters)
    assert.equal(lock.held, false)
  })
})
