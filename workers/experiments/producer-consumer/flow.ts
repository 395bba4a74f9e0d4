/**
 * One flow of messages from beginning to end: starts producers and consumers, lets them go at one moment, watches, closes the queue
 * behind the last producer, and hands over what there is to be verified. Whatever happens, nobody who took part is left when it is
 * over.
 */
import type { Lane } from '#lib/contract/trace.ts'
import { fillArrivals, sharesOf } from '#lib/experiments/producer-consumer-arrivals.ts'
import { FlowConsumers, type Kill } from './flow-consumers.ts'
import { FlowSampler } from './flow-sampler.ts'
import { type FlowOptions, FlowSetting } from './flow-setting.ts'
import type { FlowState } from './flow-state.ts'
import type { Places } from './party.ts'
import { type ProducerLink, startProducer } from './party-links.ts'
import { createProducerMemory } from './producer-memory.ts'
import { RemoteConsumers } from './remote-consumers.ts'

/** From the last message to those who take part until the flow begins. */
const RUN_UP_US = 2_000

export interface FlowOutcome {
  state: FlowState
  sampler: FlowSampler
  places: Places
  kills: Kill[]
  /** Consumers of other machines that took part. */
  remote: number
  /** A kill was asked for at a moment, and nobody was killed on request. */
  killNotReached: boolean
  startUs: number
  producedUs: number
  endUs: number
}

/** Somebody failed. */
export class FlowFailure extends Error {
  override readonly name = 'FlowFailure'
  readonly code: 'queue' | 'database' | 'crashed'

  constructor(code: 'queue' | 'database' | 'crashed', message: string) {
    super(message)
    this.code = code
  }
}

export class Flow implements AsyncDisposable {
  readonly setting: FlowSetting
  readonly #sampler: FlowSampler
  readonly #consumers: FlowConsumers
  readonly #remote: RemoteConsumers | null
  readonly #producers: ProducerLink[] = []
  /** Rejected by the first failure, and by the abort. */
  readonly #broken = Promise.withResolvers<never>()
  #over = false

  /** Throws PartyFailure where the queue or the database can't be used. */
  static async prepare(options: FlowOptions): Promise<Flow> {
    await using making = new AsyncDisposableStack()
    const setting = making.use(await FlowSetting.create(options))
    const flow = new Flow(setting, await RemoteConsumers.create(setting))
    making.move()
    return flow
  }

  private constructor(setting: FlowSetting, remote: RemoteConsumers | null) {
    this.#remote = remote
    const { params, group, round, expectedMs, emit, clock, tellsProgress } = setting.options
    this.setting = setting
    this.#sampler = new FlowSampler({
      group,
      round,
      messages: params.messages,
      capacity: params.capacity,
      expectedMs,
      ratePerSecond: params.ratePerSecond,
      state: setting.state,
      depth: () => setting.control.depth(),
      durableQueue: params.queue !== 'memory',
      nowUs: clock.nowUs,
      emit,
      onTick: () => this.#consumers.look(),
      onFailure: (error) => this.#fail('queue', error instanceof Error ? error.message : String(error)),
      tellsProgress,
    })
    this.#consumers = new FlowConsumers(this.setting, this.#sampler, (code, message) => this.#fail(code, message))
    // Whoever waits meets it; where nobody does at that moment it is no unhandled failure.
    this.#broken.promise.catch(() => undefined)
  }

  /** Rejects with FlowFailure or PartyFailure, or with the signal's reason. */
  async run(): Promise<FlowOutcome> {
    const { state, places, options } = this.setting
    const { params, clock, signal, onKill } = options
    const abort = (): void => this.#broken.reject(signal.reason)
    signal.throwIfAborted()
    signal.addEventListener('abort', abort)
    const kill = (): Promise<void> => this.#consumers.requestKill()
    let withdraw: (() => void) | undefined
    let killTimer: NodeJS.Timeout | undefined
    try {
      this.#announceLanes()
      for (let producer = 0; producer < params.producers; producer++) this.#startProducer(producer)
      for (let consumer = 0; consumer < params.consumers; consumer++) this.#consumers.start()
      await this.#unlessBroken([...this.#producers, ...this.#consumers.links].map(({ ready }) => ready))
      const startUs = clock.nowUs() + RUN_UP_US
      state.startUs = startUs
      this.#sampler.start()
      const shares = sharesOf(params.messages, params.producers)
      // At once means with the first batch: asked for before there is any.
      if (params.killConsumerAtMs === 0) void kill()
      else if (params.killConsumerAtMs !== null) killTimer = setTimeout(() => void kill(), params.killConsumerAtMs)
      for (const [index, link] of this.#producers.entries()) link.produce({ startUs, messages: shares[index] ?? 0 })
      this.#consumers.begin()
      withdraw = onKill?.(kill)
      await this.#unlessBroken(this.#producers.map(({ ended }) => ended))
      const producedUs = clock.nowUs()
      await this.#unlessBroken([Promise.resolve(this.setting.control.close())])
      await this.#unlessBroken([this.#consumers.done])
      if (this.#remote) await this.#unlessBroken([this.#remote.haveLeft()])
      this.#sampler.finish()
      const endUs = Math.max(state.largest('lastCommitUs'), startUs + 1)
      return {
        state,
        sampler: this.#sampler,
        places,
        kills: this.#consumers.kills,
        killNotReached: params.killConsumerAtMs !== null && !this.#consumers.kills.some(({ onRequest }) => onRequest),
        remote: this.#remote?.count ?? 0,
        startUs,
        producedUs,
        endUs,
      }
    } finally {
      clearTimeout(killTimer)
      withdraw?.()
      signal.removeEventListener('abort', abort)
    }
  }

  /** Ends everybody who takes part on this machine. What they left behind can be counted then, until this is disposed of. */
  async stop(): Promise<void> {
    this.#over = true
    this.#sampler[Symbol.dispose]()
    this.setting.cancellation.cancel()
    this.#consumers.stop()
    for (const link of this.#producers) link.kill()
    await Promise.all([...this.#producers, ...this.#consumers.links].map(({ ended }) => ended))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await this.#remote?.[Symbol.asyncDispose]()
    await this.setting[Symbol.asyncDispose]()
  }

  /** In the order in which messages pass them, whoever is ready first. */
  #announceLanes(): void {
    const { params, emit } = this.setting.options
    for (let producer = 0; producer < params.producers; producer++) emit.lane(this.#producerLane(producer, null))
    emit.lane(this.setting.lane('queue', 'queue', 'queue', 1, null))
    for (let consumer = 0; consumer < params.consumers; consumer++) emit.lane(this.#consumers.lane(consumer, null))
  }

  #producerLane(producer: number, known: { pid: number; tid: number } | null): Lane {
    return this.setting.lane(`producer-${producer + 1}`, 'producers', 'thread', producer + 1, known)
  }

  async #unlessBroken(waiting: readonly Promise<unknown>[]): Promise<void> {
    await Promise.race([Promise.all(waiting), this.#broken.promise])
  }

  #fail(code: 'queue' | 'database' | 'crashed', message: string): void {
    if (!this.#over) this.#broken.reject(new FlowFailure(code, message))
  }

  #startProducer(producer: number): void {
    const { options, places, spanCapacity, queueBuffer, cancellation, state } = this.setting
    const { params, clock } = options
    const { capacity, overflow, ratePerSecond } = params
    const scheduled = ratePerSecond > 0 ? (sharesOf(params.messages, params.producers)[producer] ?? 0) : 0
    const memory = createProducerMemory(scheduled, spanCapacity)
    if (scheduled > 0) fillArrivals(memory.schedule, params, producer)
    state.producers[producer] = memory
    const startUs = clock.nowUs()
    const settings = { producer, originNs: clock.originNs, places, capacity, overflow }
    const participant = producer + 1
    const link = startProducer({ settings, memory, cancellation: cancellation.words, queueBuffer, participant })
    this.#producers.push(link)
    void link.ready.then((known) => {
      const lane = this.#producerLane(producer, known)
      if (known) this.setting.announceStart(lane, startUs, known.atUs)
      this.#sampler.watchProducer(lane, memory)
    })
    void link.ended.then((end) => {
      if (end.how === 'failed') this.#fail(end.code, `Producer ${producer + 1}: ${end.message}`)
      else if (end.how === 'died') this.#fail('crashed', `Producer ${producer + 1}: ${end.reason}`)
    })
  }
}
