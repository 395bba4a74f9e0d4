import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { disk } from './disk.ts'

describe('disk', () => {
  it('reads back what it wrote and leaves no file behind', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interleave-disk-'))
    try {
      const args = { folder, bytes: 4_096, seed: 3 }
      const [first, again, other] = [
        await disk({ ...args, index: 1 }),
        await disk({ ...args, index: 1 }),
        await disk({ ...args, index: 2 }),
      ]
      assert.equal(first, again)
      assert.notEqual(first, other)
      assert.deepEqual(await readdir(folder), [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('fails clearly where it may not write', async () => {
    await assert.rejects(
      disk({ folder: path.join(tmpdir(), 'interleave-no-such-folder'), index: 0, bytes: 8, seed: 1 }),
      /ENOENT/,
    )
  })
})
