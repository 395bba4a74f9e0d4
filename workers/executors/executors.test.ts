/** The contract suite over each executor, and what only processes can promise. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { STRATEGIES } from '#lib/contract/strategy.ts'
import { createExecutor } from './create-executor.ts'
import { executorContract } from './executor-contract.ts'

for (const strategy of STRATEGIES) executorContract(strategy)

test('the processes of a pool end when the process that made it is killed', { timeout: 30_000 }, async () => {
  const program = `
    const { createExecutor } = await import(${JSON.stringify(new URL('./create-executor.ts', import.meta.url).href)})
    const pool = createExecutor('processes', { workers: 2 })
    await pool.start()
    console.log(JSON.stringify(pool.lanes().map(({ pid }) => pid)))
  `
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = await once(parent.stdout, 'data')
  const pids: number[] = JSON.parse(String(text))
  assert.equal(pids.length, 2)
  // They write to the same pipe as the process that made them: it ends when the last of them is gone.
  parent.stdout.resume()
  const allGone = once(parent.stdout, 'end')
  parent.kill('SIGKILL')
  await allGone
})

test('a number of workers that makes no sense is refused', () => {
  for (const workers of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => createExecutor('threads', { workers }), { name: 'RangeError', message: /positive integer/ })
  }
})
