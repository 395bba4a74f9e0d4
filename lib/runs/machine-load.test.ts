/** What /proc says is read as the kernel means it, and what this server took itself is no other load. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { machineTicks, otherCpuShare, processTicks, readCpuTicks } from './machine-load.ts'

test('waiting for a disk is idle time, steal is busy, and guests are not counted twice', () => {
  const stat = 'cpu  100 5 40 800 50 1 2 20 70 3\ncpu0 50 2 20 400 25 0 1 10 35 1\nintr 1'
  assert.deepEqual(machineTicks(stat), { all: 1018, busy: 168 })
  assert.equal(machineTicks(''), null)
  assert.equal(machineTicks('cpu  1 2'), null)
})

test('a process’s time includes that of children that have ended, whatever its name is', () => {
  const after = 'S 1 2 3 0 -1 4194560 9 0 0 0 700 30 20 5 20 0 11 0 12345'
  for (const name of ['node', 'a) b (c', 'two words']) assert.equal(processTicks(`42 (${name}) ${after}`), 755)
  assert.equal(processTicks(''), 0)
})

test('is what is left of the busy time when this server’s own is taken off', () => {
  const from = { all: 1000, busy: 300, own: 50 }
  assert.equal(otherCpuShare(from, { all: 1200, busy: 400, own: 110 }), 0.2)
  assert.equal(otherCpuShare(from, { all: 1200, busy: 400, own: 150 }), 0)
  assert.equal(otherCpuShare(from, { all: 1200, busy: 400, own: 151 }), 0, 'the two are not read at one moment')
  assert.equal(otherCpuShare(from, { all: 1030, busy: 320, own: 50 }), null, 'too short to tell')
  assert.equal(otherCpuShare(null, from), null)
  assert.equal(otherCpuShare(from, null), null)
})

test('what this process computes is its own and not others’', { skip: process.platform !== 'linux' }, async () => {
  const from = await readCpuTicks()
  assert.ok(from)
  let to = from
  // Until the kernel has seen 300 ms of it.
  for (let sum = 0; to.own - from.own < 30; ) {
    for (let i = 0; i < 1e7; i++) sum = (sum + Math.sqrt(i)) % 1e9
    to = (await readCpuTicks()) ?? to
  }
  assert.ok(to.busy - from.busy >= 25, 'it is part of the machine’s')
  const share = otherCpuShare(from, to)
  assert.ok(share !== null && share >= 0 && share <= 1)
})
