/** What a consumer counts while it waits, in every order in which wake-ups, watchdogs and items can come. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CoordinationBug } from '#lib/experiments/coordination-kinds.ts'
import { awaitItem } from './condition.ts'

/** A wait for each letter: n = notified, w = ended by the watchdog; capital: there is an item afterwards. */
const count = (bug: CoordinationBug, waits: string, thereBefore = false) => {
  const account = { lost: 0, spurious: 0, already: 0 }
  const script = [...waits]
  let there = thereBefore
  const waited = awaitItem(bug, account, {
    nothing: () => !there,
    wait: () => {
      const end = script.shift() ?? assert.fail('it waits although there is an item')
      there = end !== end.toLowerCase()
      return end.toLowerCase() === 'n'
    },
  })
  assert.deepEqual(script, [], 'it went on too early')
  return { ...account, waited }
}

test('a consumer that looks first counts each wake-up in vain, and no watchdog', () => {
  assert.deepEqual(count('none', '', true), { lost: 0, spurious: 0, already: 1, waited: false })
  assert.deepEqual(count('none', 'N'), { lost: 0, spurious: 0, already: 0, waited: true })
  assert.deepEqual(count('none', 'nwnN'), { lost: 0, spurious: 2, already: 0, waited: true })
})

test('one that waits without looking counts each wake-up in vain, too, the watchdog never as one', () => {
  const unharmed = { lost: 0, already: 0, waited: true }
  assert.deepEqual(count('signal-before-wait', 'N'), { ...unharmed, spurious: 0 })
  assert.deepEqual(count('signal-before-wait', 'nwwN'), { ...unharmed, spurious: 1 })
  assert.deepEqual(count('signal-before-wait', 'wnnN'), { ...unharmed, spurious: 2 })
  assert.deepEqual(count('signal-before-wait', 'wwW'), { ...unharmed, spurious: 0 })
})

test('it has lost a signal when the watchdog wakes it beside an item', () => {
  assert.deepEqual(count('signal-before-wait', 'W', true), { lost: 1, spurious: 0, already: 0, waited: true })
})

test('one that looks once takes what is not there', () => {
  assert.deepEqual(count('if-instead-of-while', 'n'), { lost: 0, spurious: 1, already: 0, waited: true })
  assert.deepEqual(count('if-instead-of-while', 'w'), { lost: 0, spurious: 0, already: 0, waited: true })
})
