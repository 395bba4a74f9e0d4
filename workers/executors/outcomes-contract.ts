/** What comes of a call: its result, in the place of its argument, or what the task failed of, told so that it can be found. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type ContractSubject, codeOf } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'

export const outcomesContract = ({ test, works }: ContractSubject): void => {
  test('gives results in the order of the arguments, whatever the sizes, and names the failed ones', async (executor) => {
    const call = fc.record({ value: fc.integer(), size: fc.nat(), kind: fc.constantFrom('echo', 'big') })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 600 }), fc.boolean(), async (calls, sized) => {
        const args = calls.map(({ value, kind }) => (kind === 'big' ? { value, text: 'ж'.repeat(2000) } : value))
        const sizes = sized ? calls.map(({ size }) => size) : undefined
        const outcomes = await executor.map(tasks.echoTask, args, { sizes })
        assert.deepEqual(
          outcomes.map((outcome) => outcome.ok && outcome.value),
          args,
        )
      }),
      { numRuns: 20 },
    )
  })

  test('executes 10,000 tasks, handed over together and one by one', async (executor) => {
    const args = Array.from({ length: 10_000 }, (_, index) => index)
    let last = 0
    const mapped = await executor.map(tasks.squareTask, args, { onProgress: (finished) => (last = finished) })
    const submitted = await Promise.all(args.map((arg) => executor.submit(tasks.squareTask, arg)))
    for (const outcomes of [mapped, submitted]) {
      assert.ok(outcomes.every((outcome, index) => outcome.ok && outcome.value === index * index))
    }
    assert.equal(last, args.length)
  })

  test('tells a failure with the stack inside the worker', async (executor) => {
    for (const task of [tasks.failingTask, tasks.rejectingTask]) {
      const outcome = await executor.submit(task, 'no such reel')
      assert.ok(!outcome.ok)
      assert.deepEqual(
        [outcome.error.code, outcome.error.name, outcome.error.message],
        ['failed', 'RangeError', 'no such reel'],
      )
      assert.match(outcome.error.stack ?? '', new RegExp(`at (async )?${task.name} \\(.*contract-tasks\\.ts:\\d+`))
    }
    const text = await executor.submit(tasks.throwsTextTask, 'just a text')
    assert.ok(!text.ok)
    assert.deepEqual([text.error.name, text.error.message, text.error.stack], ['string', 'just a text', null])
  })

  test('fails a task whose module or export is missing, and goes on', async (executor) => {
    const { module } = tasks.squareTask
    const noExport = await executor.submit({ module, name: 'nowhere' }, 1)
    assert.ok(!noExport.ok && /exports no function nowhere/.test(noExport.error.message))
    const noModule = await executor.submit({ module: `${module}.missing.ts`, name: 'square' }, 1)
    assert.equal(codeOf(noModule), 'failed')
    await works()
  })
}
