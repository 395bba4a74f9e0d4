/** A manager for the tests, with real runner processes that execute the tests' own experiment; ended with its data after the test. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { findExperiment } from '#workers/test-experiments/registry.ts'
import type { Run } from '../contract/run.ts'
import type { JournalEntry } from './journal.ts'
import { describeMachine } from './machine.ts'
import { RunManager, type RunManagerOptions } from './run-manager.ts'
import { RunStore } from './store.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const TESTS = path.join(ROOT, 'workers/test-experiments')
export const TOKEN = 'a-very-secret-key-of-32-characters'
export const never = new AbortController().signal

export interface Setup {
  manager: RunManager
  store: RunStore
  folder: string
}

export const setUp = (t: TestContext, options: Partial<RunManagerOptions> = {}): Setup => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-runs-'))
  const store = new RunStore(path.join(folder, 'runs.sqlite'))
  const manager = new RunManager({
    store,
    machine: describeMachine(),
    experiments: { ids: ['probe'], find: findExperiment },
    movieApi: async () => ({ mode: 'custom', baseUrl: 'http://127.0.0.1:1/3', token: TOKEN, requestsPerSecond: null }),
    movieApiMode: 'custom',
    temporaryFolder: path.join(folder, 'tmp'),
    runner: {
      file: path.join(ROOT, 'workers/runner.ts'),
      arguments: ['--registry', path.join(TESTS, 'registry.ts'), '--handlers', TESTS],
      folder: ROOT,
      environment: process.env,
    },
    ...options,
  })
  t.after(async () => {
    await manager.stop()
    store[Symbol.dispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  return { manager, store, folder }
}

export const start = ({ manager }: Setup, params: Record<string, unknown> = {}): Run => {
  const outcome = manager.start({ experiment: 'probe', params })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

export const ended = async ({ manager }: Setup, { id }: Run): Promise<Run> => {
  for await (const _ of manager.events(id, 0, never));
  const run = manager.get(id)
  assert.ok(run)
  return run
}

export const firstEvent = async ({ manager }: Setup, { id }: Run, accepts: (entry: JournalEntry) => boolean) => {
  for await (const entry of manager.events(id, 0, never)) if (accepts(entry)) return JSON.parse(entry.data)
  throw new Error('the run ended before')
}

export const pidOf = async (setup: Setup, run: Run): Promise<number> =>
  (await firstEvent(setup, run, ({ event }) => event === 'sample')).pid

export const failureCode = (outcome: ReturnType<RunManager['start']>): string =>
  outcome.ok ? 'ok' : outcome.failure.code
