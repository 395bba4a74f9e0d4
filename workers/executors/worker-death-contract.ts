/**
 * A worker that dies in the middle of its work: exactly the task that it died of fails; no other is lost, and none that was
 * told to have ended is executed twice. Processes can be killed from outside as well.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { isRunning } from '#lib/runs/running-process-fixture.ts'
import { type ContractSubject, codeOf, echoesAround } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'

export const workerDeathContract = ({ strategy, inThreads, test, gate, reached, works }: ContractSubject): void => {
  test('fails the task in which a worker ends, and loses no other', async (executor) => {
    const middle = 150
    const calls = Array.from({ length: 300 }, (_, index) =>
      index === middle ? executor.submit(tasks.exitingTask, 7) : executor.submit(tasks.echoTask, index),
    )
    const outcomes = await Promise.all(calls)
    echoesAround(outcomes, middle)
    const died = outcomes[middle]
    assert.ok(died && !died.ok)
    assert.equal(died.error.code, 'worker-died')
    assert.match(died.error.message, /exit code 7/)
    await works()
  })

  test('fails the task that throws where nothing catches it, with the stack', async (executor) => {
    const outcome = await executor.submit(tasks.throwingLaterTask, 'out of reach')
    assert.ok(!outcome.ok)
    assert.equal(outcome.error.code, 'worker-died')
    assert.match(outcome.error.message, /out of reach/)
    assert.match(outcome.error.stack ?? '', /contract-tasks\.ts/)
    await works()
  })

  test('executes nothing twice, also when workers end between tasks that wait to be handed over', async (executor) => {
    const file = gate()
    const calls = Array.from({ length: 60 }, (_, index) =>
      index % 20 === 19
        ? executor.submit(tasks.exitingTask, 1)
        : executor.submit(tasks.noteTask, { file, text: `${index} ` }),
    )
    const codes = (await Promise.all(calls)).map(codeOf)
    assert.equal(codes.filter((code) => code === 'worker-died').length, 3)
    assert.equal(codes.filter((code) => code === 'ok').length, 57)
    const executed = readFileSync(file, 'utf8').trim().split(' ')
    assert.equal(executed.length, 57)
    assert.equal(new Set(executed).size, 57)
  })

  if (inThreads) return

  test('survives a SIGKILL in the middle of a task, which fails; the others don’t notice', async (executor) => {
    const file = gate()
    const running = executor.submit(tasks.stubbornLoopTask, { reached: file })
    await reached(file)
    const others = executor.map(
      tasks.echoTask,
      Array.from({ length: 100 }, (_, index) => index),
    )
    echoesAround(await others, -1)
    const pids = new Set((await executor.map(tasks.pauseTask, [1, 1, 1, 1])).map(({ report }) => report.pid))
    // One place may have had several processes by now, so the last lanes needn't be those of the present ones.
    const stuck = executor.lanes().find(({ pid }) => pid !== null && !pids.has(pid) && isRunning(pid))
    assert.ok(stuck?.pid, 'the worker that took part in nothing is the one that is stuck')
    process.kill(stuck.pid, 'SIGKILL')
    const outcome = await running
    assert.ok(!outcome.ok)
    assert.equal(outcome.error.code, 'worker-died')
    assert.match(outcome.error.message, /SIGKILL/)
    assert.equal(outcome.report.lane, stuck.id)
    await works()
  })

  test('executes again what had ended in a process that was killed before it could tell', async () => {
    await using own = createExecutor(strategy, { workers: 1 })
    // The first task's module is loaded while nothing follows it: the others then end within the same hand-over.
    await own.map(tasks.squareTask, [1])
    const file = gate()
    const calls = ['a', 'b', 'c', 'd'].map((text) => own.submit(tasks.noteTask, { file, text }))
    const killed = own.submit(tasks.killingItselfTask, null)
    const after = own.submit(tasks.noteTask, { file, text: 'e' })
    assert.deepEqual((await Promise.all([...calls, after])).map(codeOf), ['ok', 'ok', 'ok', 'ok', 'ok'])
    assert.equal(codeOf(await killed), 'worker-died')
    assert.deepEqual(new Set(readFileSync(file, 'utf8')), new Set('abcde'))
  })
}
