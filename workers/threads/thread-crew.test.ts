import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  addTogetherProgram,
  exitThreadProgram,
  failHoldingProgram,
  neverEndProgram,
  recordSpansProgram,
  throwFirstProgram,
} from './crew-programs.ts'
import type { SpanLabel } from './span-recorder.ts'
import { startThreadCrew, type ThreadCrew } from './thread-crew.ts'
import { returned } from './thread-outcome.ts'

const controller = new AbortController()
const originNs = process.hrtime.bigint()
const crew: ThreadCrew = await startThreadCrew({
  threads: 3,
  originNs,
  signal: controller.signal,
  spanCapacity: 10,
  graceMs: 50,
})
after(() => crew[Symbol.asyncDispose]())

const labels: SpanLabel[] = [
  { kind: 'wait', name: 'waiting' },
  { kind: 'held', name: 'holding' },
]
const words = (count: number): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4 * count))
const howOf = (run: Awaited<ReturnType<ThreadCrew['run']>>): string[] => run.threads.map(({ outcome }) => outcome.how)

test('all threads execute the function on one memory, and the same threads do so again', async () => {
  for (let run = 0; run < 2; run++) {
    const shared = { words: words(1) }
    const { threads } = await crew.run(addTogetherProgram, { shared, argsOf: () => ({ starts: 4 }) })
    assert.equal(shared.words[0], 12)
    assert.ok(threads.every(({ usage }) => usage !== null))
  }
})

test('nobody begins a start before everyone has come to it', async () => {
  const starts = 20
  const { threads } = await crew.run(addTogetherProgram, { shared: { words: words(1) }, argsOf: () => ({ starts }) })
  const moments = threads.map(({ outcome }) => (outcome.how === 'returned' ? outcome.value : []))
  for (let i = 1; i < starts; i++) {
    const earliest = Math.min(...moments.map((own) => own[i] ?? 0))
    const latestBefore = Math.max(...moments.map((own) => own[i - 1] ?? 0))
    assert.ok(earliest > latestBefore, `start ${i} came at ${earliest}, the one before at ${latestBefore}`)
  }
})

test('fewer threads than the crew has may take part', async () => {
  const shared = { words: words(1) }
  const { threads } = await crew.run(addTogetherProgram, { shared, argsOf: () => ({ starts: 1 }), threads: 2 })
  assert.equal(threads.length, 2)
  assert.equal(shared.words[0], 2)
})

test('who throws is reported by name, and nobody waits for it', async () => {
  const { threads } = await crew.run(throwFirstProgram, { shared: null, argsOf: () => null })
  assert.deepEqual(
    threads.map(({ outcome }) => (outcome.how === 'threw' ? outcome.error.name : outcome.how)),
    ['RangeError', 'BrokenBarrierError', 'BrokenBarrierError'],
  )
})

test('a thread that spins and one that sleeps are terminated after the abort, what they did is seen, and others take their places', async () => {
  const watchdog = new AbortController()
  const shared = { words: words(2) }
  shared.words[1] = 1 // held by nobody who would release it
  const running = crew.run(neverEndProgram, { shared, argsOf: () => null, labels, signal: watchdog.signal })
  for (let seen = 0; seen < 3; seen = Atomics.load(shared.words, 0)) {
    await Atomics.waitAsync(shared.words, 0, seen, 1000).value
  }
  const before = crew.lanes('g').map(({ tid }) => tid)
  watchdog.abort()
  const run = await running
  assert.deepEqual(howOf(run), ['terminated', 'terminated', 'returned'])
  for (const { spans } of run.threads) {
    assert.equal(spans.length, 1)
    assert.equal(run.firstFailed, null, 'they were stopped')
    assert.equal(spans[0]?.name, 'waiting')
    assert.ok((spans[0]?.endUs ?? 0) > (spans[0]?.startUs ?? 0))
  }
  const next = { words: words(1) }
  assert.deepEqual(
    howOf(await crew.run(addTogetherProgram, { shared: next, argsOf: () => ({ starts: 1 }) })),
    Array(3).fill('returned'),
  )
  assert.equal(next.words[0], 3)
  const afterwards = crew.lanes('g').map(({ tid }) => tid)
  assert.deepEqual(
    afterwards.map((tid, i) => tid === before[i]),
    [false, false, true],
  )
})

test('the limit stops a run as an abort does', async () => {
  const shared = { words: words(2) }
  shared.words[1] = 1
  const run = await crew.run(neverEndProgram, { shared, argsOf: () => null, limitMs: 1 })
  assert.deepEqual(howOf(run), ['terminated', 'terminated', 'returned'])
})

test('a thread that exits is reported, and those at the start are let go', async () => {
  const run = await crew.run(exitThreadProgram, { shared: null, argsOf: () => null })
  assert.deepEqual(howOf(run), Array(3).fill('terminated'))
})

for (const how of ['throw', 'exit'] as const) {
  test(`a thread that ends by ${how} while it holds a lock stops the run, and is named as the reason`, async () => {
    const shared = { words: words(2) }
    const run = await crew.run(failHoldingProgram, { shared, argsOf: () => how })
    assert.deepEqual(howOf(run), [how === 'throw' ? 'threw' : 'terminated', 'terminated', 'terminated'])
    assert.equal(run.firstFailed, 0)
    assert.throws(() => returned(run), /Thread 1 ended before its time: (RangeError: not today|.*exit code 3)/)
  })
}

test('spans are kept up to the moment when the first thread has no room for more, and the others are counted', async () => {
  const { threads, omitted } = await crew.run(recordSpansProgram, {
    shared: null,
    argsOf: (index) => [4, 13, 10][index] ?? 0,
    labels,
  })
  assert.deepEqual(
    threads.map(({ spans }) => spans.length),
    [4, 10, 10],
  )
  assert.equal(omitted, 3)
  assert.deepEqual(threads[0]?.spans[1], { kind: 'held', name: 'holding', startUs: 1, endUs: 2 })
})

test('arguments that cannot be sent reject the run, and the crew goes on', async () => {
  await assert.rejects(
    crew.run(addTogetherProgram, { shared: { words: words(1) }, argsOf: () => ({ starts: (() => 1) as never }) }),
    {
      name: 'DataCloneError',
    },
  )
  const shared = { words: words(1) }
  await crew.run(addTogetherProgram, { shared, argsOf: () => ({ starts: 1 }) })
  assert.equal(shared.words[0], 3)
})

test('after the crew was stopped a run is refused with the reason', async () => {
  const reason = new Error('cancelled by the person')
  controller.abort(reason)
  await assert.rejects(crew.run(exitThreadProgram, { shared: null, argsOf: () => null }), reason)
})
