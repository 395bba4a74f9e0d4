/**
 * What the parts of the contract suite work on: one started executor for all their tests, so that each part meets it as the
 * others left it, gates to see a task run, and what is asked of outcomes again and again. Called inside a `describe`, which
 * starts the executor and at its end shuts it down.
 */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pauseFor } from 'node:timers/promises'
import type { Strategy } from '#lib/contract/strategy.ts'
import { squareTask } from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'
import type { Executor, TaskOutcome } from './executor.ts'

export interface ContractSubject {
  strategy: Strategy
  /** Its workers are threads of this process. */
  inThreads: boolean
  /** With a limit for each test: one for all would be shorter the more there are. */
  test(name: string, body: (executor: Executor) => Promise<void>): void
  /** A file that a task makes when it is running. */
  gate(): string
  reached(gate: string): Promise<void>
  /** The executor is as good as new. */
  works(): Promise<void>
}

/** Waits for the thing itself, as long as it takes; the test's own limit ends a wait for what never comes. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await pauseFor(1)
}

export const codeOf = (outcome: TaskOutcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code)

/** Each is its own index, with something else in the middle. */
export const echoesAround = (outcomes: readonly TaskOutcome<unknown>[], middle: number): void => {
  for (const [index, outcome] of outcomes.entries()) {
    if (index === middle) continue
    assert.ok(outcome.ok, `call ${index} of ${outcomes.length} got ${codeOf(outcome)}`)
    assert.deepEqual(outcome.value, index)
  }
}

export const contractSubject = (strategy: Strategy): ContractSubject => {
  const executor = createExecutor(strategy, { workers: 2 })
  let folder = ''
  let gates = 0
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interleave-contract-'))
    await executor.start()
  })
  after(async () => {
    await executor.shutdown({ cancelRunning: true })
    rmSync(folder, { recursive: true })
  })
  return {
    strategy,
    inThreads: strategy !== 'processes',
    test: (name, body) => void test(name, { timeout: 60_000 }, () => body(executor)),
    gate: () => join(folder, `gate-${++gates}`),
    reached: (gate) => until(() => existsSync(gate)),
    works: async () => {
      const outcomes = await executor.map(squareTask, [1, 2, 3, 4, 5])
      assert.deepEqual(
        outcomes.map((outcome) => outcome.ok && outcome.value),
        [1, 4, 9, 16, 25],
      )
    },
  }
}
