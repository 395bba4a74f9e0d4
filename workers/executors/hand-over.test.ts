import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBlock } from './block.ts'
import { handOver, handOverInSheets } from './hand-over.ts'

const task = { module: 'file:///task.ts', name: 'task' }

test('a long list comes in sheets that grow, each call once and with its own arguments, in the order of execution', () => {
  const args = Array.from({ length: 5000 }, (_, index) => `call ${index}`)
  const sheets = [...handOverInSheets(task, args, 'clone')]
  assert.deepEqual(
    sheets.map(({ blocks }) => blocks.length),
    [4, 8, 12],
  )
  assert.deepEqual(
    sheets.flatMap(({ order }) => order),
    [...args.keys()],
  )
  const sent = sheets.flatMap(({ blocks }) => blocks).flatMap(({ bytes }) => (bytes ? decodeBlock(bytes).args : []))
  assert.deepEqual(sent, args)
})

test('arguments of a later sheet are serialised when that sheet is asked for, so that workers begin before', () => {
  const big = new Uint8Array(100_000)
  let serialised = 0
  const args = Array.from({ length: 10 }, () => ({
    get bytes() {
      serialised++
      return big
    },
  }))
  const counts: number[] = []
  for (const _ of handOverInSheets(task, args, 'clone')) counts.push(serialised)
  assert.deepEqual(counts, [4, 10])
})

test('what cannot be sent is refused in its sheet, and the rest of the list comes', () => {
  const args: unknown[] = Array.from({ length: 600 }, (_, index) => index)
  args[3] = Symbol('a')
  args[599] = Symbol('b')
  const whole = handOver(task, args, 'clone')
  assert.deepEqual(
    whole.refused.map(({ index, error }) => [index, error.code]),
    [
      [3, 'not-cloneable'],
      [599, 'not-cloneable'],
    ],
  )
  assert.deepEqual(
    whole.order,
    [...args.keys()].filter((index) => index !== 3 && index !== 599),
  )
  assert.deepEqual(
    whole.blocks.reduce((sum, { count }) => sum + count, 0),
    598,
  )
})
