/** Reading the system's own words about memory, and this process for real. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseProportionalSetSize, proportionalSetSize } from './process-memory.ts'

describe('the memory of processes', () => {
  it('is the proportional set size, in bytes', () => {
    const text =
      '55d3-7ffd ---p 00000000 00:00 0   [rollup]\nRss:                1712 kB\nPss:                 198 kB\nPss_Dirty:           116 kB\n'
    assert.equal(parseProportionalSetSize(text), 198 * 1024)
    assert.equal(parseProportionalSetSize('Rss:  12 kB\n'), null)
  })

  it('is unknown where one process is gone', async () => {
    assert.equal(await proportionalSetSize([2 ** 30]), null)
  })

  it('grows by what this process takes', { skip: process.platform !== 'linux' }, async () => {
    const before = await proportionalSetSize([process.pid])
    if (before === null) return // a kernel without smaps_rollup
    const held = Buffer.alloc(64e6, 1)
    const after = (await proportionalSetSize([process.pid])) ?? 0
    assert.ok(after - before > 0.9 * held.length)
  })
})
