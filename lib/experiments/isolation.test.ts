/** What isolation accepts, and what it says of a result. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cost, type Count, type CrashOutcome, type IsolationResult, isolation } from './isolation.ts'
import { isolationFindings, isolationHeadline } from './isolation-findings.ts'
import { isolationQuestions } from './isolation-questions.ts'

const machine = { cpus: 2, model: '', memoryBytes: 8e9, os: '', node: '' }
const parse = (params: object) => isolation.params.parse(params)

describe('parameters of isolation', () => {
  it('has the defaults that were agreed on', () => {
    assert.deepEqual(parse({}), { workers: 2, increments: 100_000, crash: 'throw', rounds: 6, warmup: 1, seed: 1 })
  })

  it('refuses more processes than the memory of the machine has room for, telling how many', () => {
    const [error] = isolation.check?.(parse({ workers: 16 }), { ...machine, memoryBytes: 1e9 }) ?? []
    assert.equal(error?.path, 'workers')
    assert.match(error?.message ?? '', /got 16; 5 processes/)
    assert.deepEqual(isolation.check?.(parse({ workers: 16 }), machine), [])
    assert.ok(!isolation.params.safeParse({ crash: 'segfault' }).success)
    assert.ok(!isolation.params.safeParse({ increments: 5_000_001 }).success)
  })

  it('has presets that are accepted, the quick one below eight seconds', () => {
    for (const { id, params } of isolation.presets) assert.deepEqual(isolation.check?.(parse(params), machine), [], id)
    assert.ok(isolation.estimateMs(parse({}), machine) < 8_000)
  })
})

const count = (actual: number, perWorker: number[], tries = [actual]): Count => ({
  expected: 200,
  actual,
  perWorker,
  tries,
})
const survived = (survivors: number, hostAlive: boolean): CrashOutcome => ({
  survivors,
  hostAlive,
  workers: [],
  crashed: null,
  hostEnd: hostAlive ? null : 'SIGABRT',
  noticedMs: 4,
})
const cost = (startupMs: number, memoryBytes: number | null, messageMicros: number, spread = 0.01): Cost => ({
  startupMs,
  memoryBytes,
  messageMicros,
  intervals: {
    startupMs: [startupMs * (1 - spread), startupMs * (1 + spread)],
    memoryBytes: memoryBytes === null ? null : [memoryBytes * (1 - spread), memoryBytes * (1 + spread)],
    messageMicros: [messageMicros * (1 - spread), messageMicros * (1 + spread)],
  },
})

const result = (more: Partial<IsolationResult> = {}): IsolationResult => ({
  memory: {
    threads: count(120, [110, 120], [200, 120, 150]),
    threadsAtomic: count(200, [150, 200], [200, 200, 200]),
    threadsOrdinary: count(0, [100, 100]),
    processes: count(0, [100, 100]),
  },
  sharedMemoryToProcess: 'no',
  crash: { threads: survived(1, true), processes: survived(1, true) },
  cost: { threads: cost(10, 5e6, 12), processes: cost(30, 1e7, 20), exec: cost(31, 1e7, 20.1) },
  memoryMeasure: 'pss',
  comparison: { baseline: 'threads', rounds: 6, warmup: 1, seed: 1, entries: [] },
  findings: [],
  ...more,
})
const params = { crash: 'throw', workers: 2 } as const
const codes = (one: IsolationResult, of: Parameters<typeof isolationFindings>[1] = params) =>
  isolationFindings(one, of).map(({ code }) => code)

describe('findings of isolation', () => {
  it('tell what was lost, what was kept and where everybody counted for himself', () => {
    assert.deepEqual(codes(result()), [
      'count-both',
      'plain-lost',
      'atomic-kept',
      'processes-own',
      'ordinary-own',
      'shared-memory-refused',
      'crash-contained',
      'crash-contained',
      'start-times',
      'memory-times',
      'message-times',
    ])
    const lost = isolationFindings(result(), params).find(({ code }) => code === 'plain-lost')
    assert.deepEqual(lost?.values, { lost: 80, expected: 200, percent: 40, losing: 2, tries: 3 })
  })

  it('call it luck where nothing was lost, and say nothing of atomics that lost', () => {
    const { memory } = result()
    const lucky = result({
      memory: { ...memory, threads: count(200, [100, 200]), threadsAtomic: count(199, [100, 199]) },
    })
    assert.equal(isolationHeadline(lucky, params).code, 'count-processes')
    assert.ok(codes(lucky).includes('plain-lost-nothing'))
    assert.ok(!codes(lucky).includes('atomic-kept'))
  })

  it('put a host that died with its thread first', () => {
    const aborted = result({ crash: { threads: survived(0, false), processes: survived(1, true) } })
    assert.equal(isolationHeadline(aborted, params).code, 'thread-took-all')
    assert.ok(codes(aborted, { crash: 'abort', workers: 2 }).includes('crash-took-host'))
  })

  it('are silent about a crash that nobody asked for, and about costs within the noise', () => {
    const noisy = result({
      cost: { threads: cost(10, 5e6, 12, 0.9), processes: cost(30, 1e7, 20, 0.9), exec: cost(31, null, 20, 0.9) },
    })
    const said = codes(noisy, { crash: 'none', workers: 2 })
    for (const code of ['crash-contained', 'start-times', 'memory-times', 'message-times'])
      assert.ok(!said.includes(code), code)
  })
})

describe('questions of isolation', () => {
  it('are answered from the result', () => {
    const [counted, host, start] = isolationQuestions
    assert.equal(counted.answer(result(), parse({})), 'zero')
    assert.equal(host.answer(result(), parse({})), 'survives')
    assert.equal(
      host.answer(result({ crash: { threads: survived(0, false), processes: survived(1, true) } }), parse({})),
      'dies',
    )
    assert.equal(start.answer(result(), parse({})), null, 'no verdict, no answer')
  })
})
