/** What every executor promises, as tests: run over each of the four by executors.test.ts. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test as plainTest } from 'node:test'
import { setTimeout as pauseFor } from 'node:timers/promises'
import fc from 'fast-check'
import type { Strategy } from '#lib/contract/strategy.ts'
import * as tasks from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'
import type { Executor, TaskOutcome } from './executor.ts'

/** A limit for each test: one for all would be shorter the more there are. */
const test = (name: string, body: () => void | Promise<void>) => plainTest(name, { timeout: 60_000 }, body)

/** Waits for the thing itself, as long as it takes; the test's own limit ends a wait for what never comes. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await pauseFor(1)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    // ESRCH: it is gone.
    return false
  }
}

const codeOf = (outcome: TaskOutcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code)

/** Squares of 0 … count − 1, with something else in the middle. */
const squaresAround = (outcomes: readonly TaskOutcome<unknown>[], middle: number): void => {
  for (const [index, outcome] of outcomes.entries()) {
    if (index === middle) continue
    assert.ok(outcome.ok, `call ${index} of ${outcomes.length} got ${codeOf(outcome)}`)
    assert.deepEqual(outcome.value, index)
  }
}

export const executorContract = (strategy: Strategy): void => {
  const inThreads = strategy !== 'processes'

  describe(`the ${strategy} executor`, () => {
    let folder = ''
    let executor: Executor
    let gates = 0
    /** A file that a task makes when it is running. */
    const gate = (): string => join(folder, `gate-${++gates}`)
    const reached = (file: string): Promise<void> => until(() => existsSync(file))
    const works = async (): Promise<void> => {
      const outcomes = await executor.map(tasks.squareTask, [1, 2, 3, 4, 5])
      assert.deepEqual(
        outcomes.map((outcome) => outcome.ok && outcome.value),
        [1, 4, 9, 16, 25],
      )
    }

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'interleave-contract-'))
      executor = createExecutor(strategy, { workers: 2 })
      await executor.start()
    })
    after(async () => {
      await executor.shutdown({ cancelRunning: true })
      rmSync(folder, { recursive: true })
    })

    test('gives results in the order of the arguments, whatever the sizes, and names the failed ones', async () => {
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

    test('executes outside the caller’s thread and reports when, where and by whom', async () => {
      const outcomes = await executor.map(tasks.spinTask, [1000, 500, 1000, 500])
      for (const { report } of outcomes) {
        assert.ok(report.submittedUs <= report.startedUs, 'submitted before it started')
        assert.ok(report.finishedUs - report.startedUs >= 500, 'as long as the task saw the clock go')
        assert.ok(report.worker >= 0 && report.worker < executor.workers)
        const lane = executor.lanes().find(({ id }) => id === report.lane)
        assert.ok(lane, 'its lane is known')
        assert.deepEqual([lane.pid, lane.tid], [report.pid, report.tid])
        if (inThreads) assert.ok(report.pid === process.pid && report.tid !== 0)
        else assert.notEqual(report.pid, process.pid)
        assert.equal(report.cpuUs === null, strategy === 'async')
      }
      for (const { lane, startUs, durationUs } of executor.startups()) {
        assert.ok(executor.lanes().some(({ id }) => id === lane) && startUs >= 0 && durationUs > 0)
      }
    })

    test('has as many tasks in execution at once as it has workers, and no more', async () => {
      const goOn = gate()
      const calls = Array.from({ length: 12 }, () => ({ reached: gate(), goOn }))
      const running = executor.map(tasks.waitForFileTask, calls)
      // They wait for each other: were fewer in execution at once, this would never come.
      await until(() => calls.filter(({ reached: file }) => existsSync(file)).length >= executor.workers)
      await tasks.note({ file: goOn, text: 'x' })
      const outcomes = await running
      assert.deepEqual(new Set(outcomes.map(codeOf)), new Set(['ok']))
      const moments = outcomes.flatMap(({ report }) => [
        { atUs: report.startedUs, change: 1 },
        { atUs: report.finishedUs, change: -1 },
      ])
      let now = 0
      let most = 0
      for (const { change } of moments.sort((a, b) => a.atUs - b.atUs || a.change - b.change)) {
        now += change
        most = Math.max(most, now)
      }
      assert.equal(most, executor.workers)
    })

    test('tells a failure with the stack inside the worker', async () => {
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

    test('engages only as many threads or processes as it is told, also in place of one that died', async () => {
      await using own = createExecutor(strategy, { workers: 2 })
      await own.start()
      const lanesOf = async (): Promise<number> => {
        const outcomes = await own.map(tasks.spinTask, new Array<number>(40).fill(1000))
        assert.deepEqual(new Set(outcomes.map(codeOf)), new Set(['ok']))
        return new Set(outcomes.map(({ report }) => report.lane)).size
      }
      assert.throws(() => own.engage(0), RangeError)
      assert.throws(() => own.engage(3), RangeError)
      own.engage(1)
      assert.equal(await lanesOf(), 1)
      assert.equal(codeOf(await own.submit(tasks.exitingTask, 1)), 'worker-died')
      assert.equal(await lanesOf(), 1)
      if (strategy !== 'threads' && strategy !== 'processes') return
      own.engage(2)
      assert.ok((await lanesOf()) <= 2)
      own.engage(1)
      await own.settled()
      assert.equal(await lanesOf(), 1)
    })

    test('fails a task whose module or export is missing, and goes on', async () => {
      const { module } = tasks.squareTask
      const noExport = await executor.submit({ module, name: 'nowhere' }, 1)
      assert.ok(!noExport.ok && /exports no function nowhere/.test(noExport.error.message))
      const noModule = await executor.submit({ module: `${module}.missing.ts`, name: 'square' }, 1)
      assert.equal(codeOf(noModule), 'failed')
      await works()
    })

    test('never starts a task that was cancelled before it was submitted', async () => {
      const file = gate()
      const signal = AbortSignal.abort()
      const one = await executor.submit(tasks.noteTask, { file, text: 'x' }, { signal })
      const many = await executor.map(tasks.noteTask, [{ file, text: 'x' }], { signal })
      assert.deepEqual([codeOf(one), ...many.map(codeOf)], ['cancelled', 'cancelled'])
      assert.equal(one.report.startedUs, 0)
      assert.equal(existsSync(file), false)
    })

    test('never starts a task that is cancelled while it waits for a worker', async () => {
      const blockers = Array.from({ length: executor.workers }, () => ({ reached: gate() }))
      const release = new AbortController()
      const blocked = executor.map(tasks.politeLoopTask, blockers, { signal: release.signal })
      // A loop on an event loop keeps the others from it: there only the first runs.
      await until(
        () =>
          blockers.filter(({ reached: file }) => existsSync(file)).length ===
          (strategy === 'async' ? 1 : blockers.length),
      )
      const file = gate()
      const waiting = new AbortController()
      const outcome = executor.submit(tasks.noteTask, { file, text: 'x' }, { signal: waiting.signal })
      waiting.abort()
      // It has its outcome while the workers are still busy.
      assert.equal(codeOf(await outcome), 'cancelled')
      release.abort()
      assert.deepEqual(
        (await blocked).map(codeOf),
        blockers.map(() => 'cancelled'),
      )
      await works()
      assert.equal(existsSync(file), false)
    })

    for (const [how, task] of [
      ['in a computation that looks whether it is cancelled', tasks.politeLoopTask],
      ['in a computation that never looks', tasks.stubbornLoopTask],
      ['in waiting for I/O', tasks.waitingTask],
    ] as const) {
      test(`cancels a task ${how}, and works on`, async () => {
        const file = gate()
        const controller = new AbortController()
        const lanesBefore = executor.lanes().length
        const running = executor.submit<tasks.Loop, unknown>(task, { reached: file }, { signal: controller.signal })
        await reached(file)
        controller.abort()
        const outcome = await running
        assert.equal(codeOf(outcome), 'cancelled')
        assert.ok(outcome.report.startedUs > 0 && outcome.report.finishedUs >= outcome.report.startedUs)
        await works()
        if (task !== tasks.stubbornLoopTask)
          assert.equal(executor.lanes().length, lanesBefore, 'nobody had to be ended')
      })
    }

    test('cancels a map in the middle: what has ended stays ended, the rest is cancelled', async () => {
      const controller = new AbortController()
      // The first three find their gate open, the others would wait for ever.
      const [open, closed] = [gate(), gate()]
      await tasks.note({ file: open, text: 'x' })
      const args = Array.from({ length: 200 }, (_, index) => ({ reached: gate(), goOn: index < 3 ? open : closed }))
      const outcomes = await executor.map(tasks.waitForFileTask, args, {
        signal: controller.signal,
        onProgress: (finished) => {
          if (finished >= 3) controller.abort()
        },
      })
      const codes = outcomes.map(codeOf)
      assert.deepEqual(
        codes,
        args.map((_, index) => (index < 3 ? 'ok' : 'cancelled')),
      )
      await works()
    })

    test('fails the task in which a worker ends, and loses no other', async () => {
      const middle = 150
      const calls = Array.from({ length: 300 }, (_, index) =>
        index === middle ? executor.submit(tasks.exitingTask, 7) : executor.submit(tasks.echoTask, index),
      )
      const outcomes = await Promise.all(calls)
      squaresAround(outcomes, middle)
      const died = outcomes[middle]
      assert.ok(died && !died.ok)
      assert.equal(died.error.code, 'worker-died')
      assert.match(died.error.message, /exit code 7/)
      await works()
    })

    test('fails the task that throws where nothing catches it, with the stack', async () => {
      const outcome = await executor.submit(tasks.throwingLaterTask, 'out of reach')
      assert.ok(!outcome.ok)
      assert.equal(outcome.error.code, 'worker-died')
      assert.match(outcome.error.message, /out of reach/)
      assert.match(outcome.error.stack ?? '', /contract-tasks\.ts/)
      await works()
    })

    test('executes nothing twice, also when workers end between tasks that wait to be handed over', async () => {
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

    test('executes 10,000 tasks, handed over together and one by one', async () => {
      const args = Array.from({ length: 10_000 }, (_, index) => index)
      let last = 0
      const mapped = await executor.map(tasks.squareTask, args, { onProgress: (finished) => (last = finished) })
      const submitted = await Promise.all(args.map((arg) => executor.submit(tasks.squareTask, arg)))
      for (const outcomes of [mapped, submitted]) {
        assert.ok(outcomes.every((outcome, index) => outcome.ok && outcome.value === index * index))
      }
      assert.equal(last, args.length)
    })

    test('carries arguments and results of 16 MB', async () => {
      const bytes = new Uint8Array(16 * 1_048_576)
      bytes[0] = 17
      bytes[bytes.length - 1] = 71
      const outcome = await executor.submit(tasks.mirrorTask, bytes)
      assert.ok(outcome.ok)
      assert.equal(outcome.value.length, bytes.length)
      assert.deepEqual([outcome.value[0], outcome.value.at(-1)], [71, 17])
    })

    test('takes arguments as they are at the call, not as the caller changes them later', async () => {
      const args = { list: [1, 2, 3] }
      const pending = [
        executor.submit(tasks.echoTask, args),
        executor.map(tasks.echoTask, [args]).then(([only]) => only),
      ]
      args.list.push(4)
      for (const outcome of await Promise.all(pending))
        assert.deepEqual(outcome?.ok && outcome.value, { list: [1, 2, 3] })
    })

    test('refuses arguments that cannot be cloned, with the reason, and executes the others of the list', async () => {
      const one = await executor.submit(tasks.echoTask, { callback: () => 1 })
      assert.ok(!one.ok)
      assert.equal(one.error.code, 'not-cloneable')
      assert.match(one.error.message, /\(\) => 1 could not be cloned/)
      const args: unknown[] = Array.from({ length: 50 }, (_, index) => index)
      args[31] = Symbol('reel')
      const outcomes = await executor.map(tasks.echoTask, args, { sizes: args.map((_, index) => index) })
      squaresAround(outcomes, 31)
      assert.equal(codeOf(outcomes[31] ?? one), 'not-cloneable')
      assert.deepEqual((await executor.map(tasks.echoTask, [Symbol('a'), () => 2])).map(codeOf), [
        'not-cloneable',
        'not-cloneable',
      ])
    })

    test('refuses results that cannot be cloned, with the reason, and keeps the others', async () => {
      const [result, neighbour] = await Promise.all([
        executor.submit(tasks.uncloneableTask, null),
        executor.submit(tasks.squareTask, 3),
      ])
      assert.ok(!result.ok)
      assert.equal(result.error.code, 'not-cloneable')
      assert.match(result.error.message, /result.*could not be cloned/)
      assert.ok(neighbour.ok && neighbour.value === 9)
    })

    test(inThreads ? 'shares memory with its tasks' : 'refuses shared memory, which no process can have', async () => {
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
    })

    test('brings back the spans of a task, as many as are kept, and the number of the others', async () => {
      const outcome = await executor.submit(tasks.withSpansTask, 12_000)
      const { spans, spansOmitted, startedUs, finishedUs } = outcome.report
      assert.deepEqual([spans.length, spansOmitted], [10_000, 2000])
      assert.deepEqual([spans[0]?.kind, spans[1]?.kind, spans[1]?.name], ['cpu', 'wait', 'step'])
      assert.ok(spans[0] && spans[0].startUs >= startedUs && spans[0].startUs <= finishedUs)
      assert.deepEqual((await executor.submit(tasks.squareTask, 2)).report.spans, [])
    })

    if (!inThreads) {
      test('survives a SIGKILL in the middle of a task, which fails; the others don’t notice', async () => {
        const file = gate()
        const running = executor.submit(tasks.stubbornLoopTask, { reached: file })
        await reached(file)
        const others = executor.map(
          tasks.echoTask,
          Array.from({ length: 100 }, (_, index) => index),
        )
        squaresAround(await others, -1)
        const pids = new Set((await executor.map(tasks.pauseTask, [1, 1, 1, 1])).map(({ report }) => report.pid))
        // One place may have had several processes by now, so the last lanes needn't be those of the present ones.
        const stuck = executor.lanes().find(({ pid }) => pid !== null && !pids.has(pid) && isAlive(pid))
        assert.ok(stuck?.pid, 'the worker that took part in nothing is the one that is stuck')
        process.kill(stuck.pid, 'SIGKILL')
        const outcome = await running
        assert.ok(!outcome.ok)
        assert.equal(outcome.error.code, 'worker-died')
        assert.match(outcome.error.message, /SIGKILL/)
        assert.equal(outcome.report.lane, stuck.id)
        await works()
      })
    }

    if (!inThreads) {
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

    describe('that is shut down', () => {
      const remains = (pids: readonly number[]): number[] =>
        pids.filter((pid) => {
          try {
            return process.kill(pid, 0)
          } catch {
            // ESRCH: no such process, which is what is wanted.
            return false
          }
        })
      const handles = (): string => {
        const kinds = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout')
        return kinds.sort().join()
      }
      const nothingRemains = (own: Executor): void => {
        const pids = own.lanes().flatMap(({ pid }) => (pid === null || pid === process.pid ? [] : [pid]))
        assert.deepEqual(remains(pids), [])
      }

      test('executes the largest first, waits for what was submitted, and leaves nothing', async () => {
        const file = gate()
        const handlesBefore = handles()
        const own = createExecutor(strategy, { workers: 1 })
        const pending = own.map(
          tasks.noteTask,
          ['a', 'b', 'c', 'd'].map((text) => ({ file, text })),
          { sizes: [2, 4, 1, 3] },
        )
        await own.shutdown()
        assert.deepEqual((await pending).map(codeOf), ['ok', 'ok', 'ok', 'ok'])
        assert.equal(readFileSync(file, 'utf8'), 'bdac')
        nothingRemains(own)
        // A handle is closed in the turn of the event loop after its end was told.
        await until(() => handles() === handlesBefore)
        const late = await own.submit(tasks.squareTask, 1)
        assert.equal(codeOf(late), 'shut-down')
        assert.deepEqual((await own.map(tasks.squareTask, [1, 2])).map(codeOf), ['shut-down', 'shut-down'])
        await own.shutdown()
      })

      test('cancels what has not started, if told so, and waits for what has', async () => {
        const own = createExecutor(strategy, { workers: 1 })
        const running = { reached: gate(), goOn: gate() }
        const first = own.submit(tasks.waitForFileTask, running)
        await reached(running.reached)
        const rest = own.map(tasks.squareTask, [1, 2, 3])
        const ended = own.shutdown({ cancelPending: true })
        assert.deepEqual((await rest).map(codeOf), ['cancelled', 'cancelled', 'cancelled'])
        await tasks.note({ file: running.goOn, text: 'x' })
        await ended
        assert.deepEqual((await first).ok, true)
        nothingRemains(own)
      })

      test('ends what runs when its scope is left', async () => {
        const file = gate()
        const disposed = gate()
        let running: Promise<TaskOutcome<never>>
        {
          await using own = createExecutor(strategy, { workers: 1 })
          const [kept] = await own.map(tasks.withResourceTask, [disposed])
          assert.ok(kept?.ok)
          running = own.submit(tasks.stubbornLoopTask, { reached: file })
          await reached(file)
        }
        assert.equal(codeOf(await running), 'cancelled')
      })

      test('disposes what its tasks kept in their worker', async () => {
        const file = gate()
        const own = createExecutor(strategy, { workers: 1 })
        const outcomes = await own.map(tasks.withResourceTask, [file, file])
        assert.deepEqual(
          outcomes.map((outcome) => outcome.ok && outcome.value),
          [1, 2],
        )
        await own.shutdown()
        assert.equal(readFileSync(file, 'utf8'), 'd')
      })

      test('was never started: it has nothing to end', async () => {
        const own = createExecutor(strategy, { workers: 1 })
        assert.deepEqual(await own.map(tasks.squareTask, []), [])
        await own.shutdown()
        assert.deepEqual(own.lanes(), [])
      })
    })

    test('knows neither reports nor spans when it is not to trace', async () => {
      await using own = createExecutor(strategy, { workers: 1, trace: false })
      const outcome = await own.submit(tasks.withSpansTask, 3)
      assert.ok(outcome.ok)
      assert.deepEqual([outcome.report.spans, outcome.report.startedUs, outcome.report.cpuUs], [[], 0, null])
    })
  })
}
