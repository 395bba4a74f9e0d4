/**
 * The consumers of a flow: started, killed on request at a moment of their work, buried when they are dead, whatever killed them, and
 * replaced. What a dead one had claimed of a durable queue goes to the others; what it held in memory is written down as lost.
 */
import type { Lane } from '#lib/contract/trace.ts'
import { AT, type ConsumerMemory, countIn, createConsumerMemory, WHERE } from './consumer-memory.ts'
import type { FlowSampler } from './flow-sampler.ts'
import type { FlowSetting } from './flow-setting.ts'
import { keyAt, scheduledAt } from './message.ts'
import { type ConsumerLink, type PartyEnd, startConsumerProcess, startConsumerThread } from './party-links.ts'

/** Messages followed to their commit, of all. */
const FOLLOWED = 1_000
const SAMPLES = FOLLOWED + 8
/** One that doesn't come to the moment where it shall be killed is killed where it is. */
const KILL_PATIENCE_MS = 3_000
const MOST_REPLACED = 16

export interface Kill {
  /** Its number, from 1. */
  consumer: number
  atUs: number
  held: number
  /** Keys of what it held in memory: lost, unless they turn out to be written. */
  hand: number[]
  redelivered: number
  onRequest: boolean
}

export type Fail = (code: 'queue' | 'database' | 'crashed', message: string) => void

interface Consumer {
  number: number
  link: ConsumerLink
  memory: ConsumerMemory
  killedOnRequest: boolean
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class FlowConsumers {
  readonly kills: Kill[] = []
  /** Of all there have been. */
  readonly links: ConsumerLink[] = []
  readonly #setting: FlowSetting
  readonly #sampler: FlowSampler
  readonly #fail: Fail
  readonly #alive = new Set<Consumer>()
  readonly #allDone = Promise.withResolvers<void>()
  #over = false
  #kill: { consumer: Consumer; sinceMs: number; done: PromiseWithResolvers<void> } | null = null

  constructor(setting: FlowSetting, sampler: FlowSampler, fail: Fail) {
    this.#setting = setting
    this.#sampler = sampler
    this.#fail = fail
  }

  /** Resolves when the queue is closed and all that was in it is done. */
  get done(): Promise<void> {
    return this.#allDone.promise
  }

  start(): void {
    const { options, places, spanCapacity, queueBuffer, cancellation, state } = this.#setting
    const { params, clock } = options
    const number = this.links.length
    const settings = {
      consumer: number,
      originNs: clock.originNs,
      places,
      batchSize: params.batchSize,
      writeLatencyMs: params.writeLatencyMs,
      sampleEvery: Math.max(1, Math.ceil(params.messages / FOLLOWED)),
      spanCapacity,
    }
    const memory = createConsumerMemory(params.batchSize, SAMPLES, spanCapacity)
    state.consumers.push(memory)
    const participant = this.#setting.participantOf(number)
    const startUs = clock.nowUs()
    const link =
      queueBuffer === null
        ? startConsumerProcess(settings, memory, SAMPLES)
        : startConsumerThread({ settings, memory, cancellation: cancellation.words, queueBuffer, participant })
    const consumer: Consumer = { number, link, memory, killedOnRequest: false }
    this.links.push(link)
    this.#alive.add(consumer)
    void link.ready.then((known) => this.#introduce(consumer, startUs, known))
    void link.ended.then((end) => this.#ended(consumer, end))
  }

  begin(): void {
    for (const { link } of this.#alive) link.begin()
  }

  lane(number: number, known: { pid: number; tid: number } | null): Lane {
    const { queueBuffer, options } = this.#setting
    const { params, round } = options
    const kind = queueBuffer === null ? 'process' : 'thread'
    // Where they share a group with the producers, threads are numbered through.
    const index = kind === 'thread' && round !== null ? params.producers + number + 1 : number + 1
    return this.#setting.lane(`consumer-${number + 1}`, 'consumers', kind, index, known)
  }

  /** From here on nobody is replaced. */
  stop(): void {
    this.#over = true
    for (const link of this.links) link.kill()
  }

  /** Resolves when it has come to the moment and is dead; of one that is being killed already, when that one is. */
  async requestKill(): Promise<void> {
    if (this.#over) return
    if (this.#kill !== null) return this.#kill.done.promise
    const candidates = [...this.#alive].filter(({ killedOnRequest }) => !killedOnRequest)
    // One that has something in hand comes to the moment soonest.
    const busy = candidates.find(({ memory }) => Atomics.load(memory.state, AT) === WHERE.holding)
    const consumer = busy ?? candidates[0]
    if (consumer === undefined) return
    this.#kill = { consumer, sinceMs: performance.now(), done: Promise.withResolvers() }
    consumer.link.stopAt(this.#setting.options.params.killMoment)
    return this.#kill.done.promise
  }

  /** Called every few milliseconds. */
  look(): void {
    const kill = this.#kill
    if (kill === null || kill.consumer.killedOnRequest) return
    if (!kill.consumer.link.isStopped() && performance.now() - kill.sinceMs < KILL_PATIENCE_MS) return
    kill.consumer.killedOnRequest = true
    kill.consumer.link.kill()
  }

  #introduce({ number, link, memory }: Consumer, startUs: number, known: Awaited<ConsumerLink['ready']>): void {
    const lane = this.lane(number, known)
    if (known) this.#setting.announceStart(lane, startUs, known.atUs)
    this.#sampler.watchConsumer(lane, memory)
    // The first ones begin together.
    if (number >= this.#setting.options.params.consumers) link.begin()
  }

  #ended(consumer: Consumer, end: PartyEnd): void {
    if (this.#over) return
    if (this.#kill?.consumer === consumer) {
      this.#kill.done.resolve()
      this.#kill = null
    }
    if (end.how === 'failed' && !consumer.killedOnRequest) {
      this.#fail(end.code, `Consumer ${consumer.number + 1}: ${end.message}`)
    } else if (end.how === 'done') {
      this.#alive.delete(consumer)
      if (this.#alive.size === 0) this.#allDone.resolve()
    } else {
      void this.#replace(consumer, end.how === 'died' ? end.reason : 'it was killed')
    }
  }

  async #replace(consumer: Consumer, reason: string): Promise<void> {
    try {
      await this.#bury(consumer)
    } catch (error) {
      this.#fail('queue', messageOf(error))
      return
    }
    if (this.#over) return
    if (this.links.length >= this.#setting.options.params.consumers + MOST_REPLACED) {
      this.#fail('crashed', `Consumers died ${MOST_REPLACED} times. The last one: ${reason}`)
      return
    }
    // First the new one: were there none for a moment, all would seem to be done.
    this.start()
    this.#alive.delete(consumer)
  }

  async #bury({ number, memory, killedOnRequest }: Consumer): Promise<void> {
    const { control, queueBuffer, state, options } = this.#setting
    const atUs = options.clock.nowUs()
    const inMemory = queueBuffer !== null
    const redelivered = await control.releaseClaims(number)
    const inHand = Math.max(0, countIn(memory, 'taken') - countIn(memory, 'committed'))
    const hand: number[] = []
    if (inMemory && Atomics.load(memory.state, AT) !== WHERE.elsewhere) {
      for (let i = 0; i < inHand; i++) if (scheduledAt(memory.hand, i) > 0) hand.push(keyAt(memory.hand, i))
    }
    state.gone += inHand
    const held = inMemory ? inHand : redelivered
    this.kills.push({ consumer: number + 1, atUs, held, hand, redelivered, onRequest: killedOnRequest })
  }
}
