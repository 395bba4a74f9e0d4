import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { database } from './database.ts'

describe('database', () => {
  it('counts the same rows when a task runs again on the same file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interleave-database-'))
    const kept = new Map<string, Disposable | AsyncDisposable>()
    const context = {
      cancelled: () => false,
      resource: <T extends Disposable | AsyncDisposable>(key: string, create: () => T): T => {
        const made = (kept.get(key) as T | undefined) ?? create()
        kept.set(key, made)
        return made
      },
    }
    try {
      const args = { folder, index: 3, transactions: 2, seed: 1 }
      const first = database(args, context)
      assert.equal(first.rows, 10)
      assert.deepEqual(database(args, context), first)
    } finally {
      for (const resource of kept.values()) if (Symbol.dispose in resource) resource[Symbol.dispose]()
      await rm(folder, { recursive: true })
    }
  })
})
