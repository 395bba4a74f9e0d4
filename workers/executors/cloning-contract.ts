/**
 * Arguments and results on their way to a worker and back: copied at the call, however large, and refused with the reason where
 * they cannot be sent. Threads share memory, processes refuse it.
 */
import assert from 'node:assert/strict'
import { type ContractSubject, codeOf, echoesAround } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'

export const cloningContract = ({ inThreads, test }: ContractSubject): void => {
  test('carries arguments and results of 16 MB', async (executor) => {
    const bytes = new Uint8Array(16 * 1_048_576)
    bytes[0] = 17
    bytes[bytes.length - 1] = 71
    const outcome = await executor.submit(tasks.mirrorTask, bytes)
    assert.ok(outcome.ok)
    assert.equal(outcome.value.length, bytes.length)
    assert.deepEqual([outcome.value[0], outcome.value.at(-1)], [71, 17])
  })

  test('takes arguments as they are at the call, not as the caller changes them later', async (executor) => {
    const args = { list: [1, 2, 3] }
    const pending = [executor.submit(tasks.echoTask, args), executor.map(tasks.echoTask, [args]).then(([only]) => only)]
    args.list.push(4)
    for (const outcome of await Promise.all(pending))
      assert.deepEqual(outcome?.ok && outcome.value, { list: [1, 2, 3] })
  })

  test('refuses arguments that cannot be cloned, with the reason, and executes the others of the list', async (executor) => {
    const one = await executor.submit(tasks.echoTask, { callback: () => 1 })
    assert.ok(!one.ok)
    assert.equal(one.error.code, 'not-cloneable')
    assert.match(one.error.message, /\(\) => 1 could not be cloned/)
    const args: unknown[] = Array.from({ length: 50 }, (_, index) => index)
    args[31] = Symbol('reel')
    const outcomes = await executor.map(tasks.echoTask, args, { sizes: args.map((_, index) => index) })
    echoesAround(outcomes, 31)
    assert.equal(codeOf(outcomes[31] ?? one), 'not-cloneable')
    assert.deepEqual((await executor.map(tasks.echoTask, [Symbol('a'), () => 2])).map(codeOf), [
      'not-cloneable',
      'not-cloneable',
    ])
  })

  test('refuses results that cannot be cloned, with the reason, and keeps the others', async (executor) => {
    const [result, neighbour] = await Promise.all([
      executor.submit(tasks.uncloneableTask, null),
      executor.submit(tasks.squareTask, 3),
    ])
    assert.ok(!result.ok)
    assert.equal(result.error.code, 'not-cloneable')
    assert.match(result.error.message, /result.*could not be cloned/)
    assert.ok(neighbour.ok && neighbour.value === 9)
  })

  test(
    inThreads ? 'shares memory with its tasks' : 'refuses shared memory, which no process can have',
    async (executor) => {
      const counters = new Int32Array(new SharedArrayBuffer(4))
      const outcomes = await executor.map(tasks.addSharedTask, [counters, counters, counters])
      if (inThreads) {
        assert.deepEqual(outcomes.map((outcome) => outcome.ok && outcome.value).sort(), [0, 1, 2])
        assert.equal(counters[0], 3)
      } else {
        for (const outcome of outcomes) {
          assert.ok(!outcome.ok && outcome.error.code === 'not-cloneable')
          assert.match(outcome.error.message, /SharedArrayBuffer.*another process/)
        }
      }
    },
  )
}
