/** What tests of flows share: executes the handler or a bare flow in a folder of its own and keeps what was told. Not a test. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import type { Sample, SpanBatch } from '#lib/contract/run-event.ts'
import type { Flow as Arrow, CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import { producerConsumer } from '#lib/experiments/producer-consumer.ts'
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer-params.ts'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer-result.ts'
import { createRunClock } from '../../measuring/run-clock.ts'
import { silentEmitter } from '../derive-emitter.ts'
import { handler } from '../producer-consumer.ts'
import type { RunContext } from '../run-context.ts'
import type { FlowOptions } from './flow-setting.ts'

export interface Told {
  lanes: Lane[]
  spans: Span[]
  arrows: Arrow[]
  counters: CounterSeries[]
  samples: Sample[]
}

export interface Stage extends Disposable {
  context: RunContext<ProducerConsumerParams>
  told: Told
  controller: AbortController
  commands: Map<string, () => void>
  /** Files that are left in the run's folder. */
  leftOver(): string[]
}

/** `on` hears of every lane as it is told. */
export const stageOf = (params: object, on: { lane?: (lane: Lane) => void; progress?: () => void } = {}): Stage => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-flow-'))
  const controller = new AbortController()
  const told: Told = { lanes: [], spans: [], arrows: [], counters: [], samples: [] }
  const commands = new Map<string, () => void>()
  return {
    told,
    controller,
    commands,
    leftOver: () => (existsSync(folder) ? readdirSync(folder) : []),
    context: {
      runId: 'test',
      params: producerConsumer.params.parse(params),
      machine: { cpus: availableParallelism(), model: '', memoryBytes: 1, os: '', node: '' },
      clock: createRunClock(),
      emit: {
        ...silentEmitter,
        progress: () => on.progress?.(),
        lane: (lane) => {
          told.lanes.push(lane)
          on.lane?.(lane)
        },
        spans: ({ spans, flows = [] }: SpanBatch) => {
          told.spans.push(...spans)
          told.arrows.push(...flows)
        },
        counters: (series) => told.counters.push(...series),
        sample: (sample) => told.samples.push(sample),
      },
      signal: controller.signal,
      movieApi: { mode: 'custom', baseUrl: 'http://127.0.0.1:9/3', token: 'secret-key', requestsPerSecond: null },
      folder,
      onCommand: (command, act) => {
        commands.set(command, act)
        return () => void commands.delete(command)
      },
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const execute = async (params: object): Promise<{ result: ProducerConsumerResult; told: Told }> => {
  using stage = stageOf(params)
  const result = await handler(stage.context)
  return { result, told: stage.told }
}

/** For a bare flow on that stage, in a folder of its own. */
export const flowOptionsOf = ({ context }: Stage, more: Partial<FlowOptions> = {}): FlowOptions => ({
  ...context,
  group: 'run',
  round: null,
  expectedMs: 1_000,
  folder: path.join(context.folder, 'flow'),
  tellsProgress: true,
  ...more,
})

/** A flow that is over soon. */
export const SMALL = { messages: 400, ratePerSecond: 0, durability: 'normal', batchSize: 20, capacity: 100 }

/** Every message is accounted for, and none stands in the database twice. */
export const balances = (result: ProducerConsumerResult): void => {
  const { produced, written, dropped, rejected, lost, duplicated } = result
  assert.equal(produced, written + dropped + rejected + lost)
  assert.equal(duplicated, 0)
}
