/**
 * Watches a flow from the runner's thread every few milliseconds and tells what it sees: depth of the queue, rates, time blocked, the
 * latency of messages it follows, spans and flow arrows, progress. It looks; nobody who works is asked.
 */
import type { CounterSeries, Flow, Lane } from '#lib/contract/trace.ts'
import type { RunEmitter } from '../run-context.ts'
import { type ConsumerMemory, SAMPLE_FIELDS } from './consumer-memory.ts'
import { CounterStream } from './counter-stream.ts'
import type { FlowState } from './flow-state.ts'
import { LittleSampler } from './little-sampler.ts'
import { fullSinceUs, LiveSpans } from './live-spans.ts'
import { producerOf } from './message.ts'
import type { ProducerMemory } from './producer-memory.ts'
import { CONSUMER_SPANS, PRODUCER_SPANS } from './span-labels.ts'

const TICK_MS = 2
const TELL_EVERY_US = 100_000
/** At most so many points of a counter in the time that the flow should take. */
const POINTS = 1_500
const RATES = 40
const SHORTEST_RATE_US = 100_000

export type Role = 'producers' | 'queue' | 'consumers'

/** A flow that is watched alone stands in three groups, by what they do; the flows of a sweep in one each, as they are compared. */
export const groupOf = ({ group, round }: { group: string; round: number | null }, role: Role): string =>
  round === null ? role : group

export interface SamplerOptions {
  group: string
  round: number | null
  messages: number
  capacity: number
  expectedMs: number
  /** Messages a producer makes a second, all together; 0 has no schedule. */
  ratePerSecond: number
  state: FlowState
  depth: () => number
  /** Whether what a consumer has in hand is still in the queue: it is in a durable one. */
  durableQueue: boolean
  nowUs: () => number
  emit: RunEmitter
  onTick: (nowUs: number) => void
  /** Told that it can't look any more: the flow has failed. */
  onFailure: (error: unknown) => void
  /** A single flow tells its progress; the flows of a sweep are rounds of a harness that does. */
  tellsProgress: boolean
}

export class FlowSampler implements Disposable {
  readonly little = new LittleSampler()
  readonly #options: SamplerOptions
  readonly #streams: Record<'depth' | 'blocked' | 'in' | 'out', CounterStream>
  readonly #spans: LiveSpans[] = []
  readonly #sampled: { memory: ConsumerMemory; lane: string; taken: number }[] = []
  readonly #rateUs: number
  #timer: NodeJS.Timeout | undefined
  #toldUs = 0
  #lastUs = 0
  #full = 0
  #wasFull = false
  #deepest = 0
  #fullSpans: { start: number; end: number }[] = []
  #rate = { atUs: 0, made: 0, committed: 0 }

  constructor(options: SamplerOptions) {
    this.#options = options
    const { group, expectedMs } = options
    const stretchUs = Math.max(1, (expectedMs * 1000) / POINTS)
    this.#rateUs = Math.max(SHORTEST_RATE_US, (expectedMs * 1000) / RATES)
    const stream = (name: string, unit: string, role: Role) => {
      const series = { id: `${group}/${name}`, group: groupOf(options, role), name, unit }
      return new CounterStream(series, stretchUs)
    }
    this.#streams = {
      depth: stream('queue-depth', 'messages', 'queue'),
      blocked: stream('producers-blocked', 'ms', 'producers'),
      in: stream('rate-in', 'per-second', 'producers'),
      out: stream('rate-out', 'per-second', 'consumers'),
    }
  }

  get fullMs(): number {
    return this.#full / 1000
  }

  get deepest(): number {
    return this.#deepest
  }

  watchProducer(lane: Lane, memory: ProducerMemory): void {
    this.#watch(lane, memory.spans, PRODUCER_SPANS)
  }

  watchConsumer(lane: Lane, memory: ConsumerMemory): void {
    this.#watch(lane, memory.spans, CONSUMER_SPANS)
    this.#sampled.push({ memory, lane: lane.id, taken: 0 })
  }

  start(): void {
    this.#lastUs = this.#options.nowUs()
    this.#rate.atUs = this.#lastUs
    this.#timer = setInterval(() => {
      try {
        this.#tick()
      } catch (error) {
        this[Symbol.dispose]()
        this.#options.onFailure(error)
      }
    }, TICK_MS)
  }

  /** The last look, after everybody has ended. */
  finish(): void {
    this[Symbol.dispose]()
    this.#look(this.#options.nowUs())
    this.#tell(true)
    const { emit } = this.#options
    emit.spans({ spans: [], omitted: this.#spans.reduce((sum, spans) => sum + spans.omitted(), 0) })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #watch(
    lane: Lane,
    memory: ConstructorParameters<typeof LiveSpans>[1],
    labels: typeof PRODUCER_SPANS | typeof CONSUMER_SPANS,
  ): void {
    this.#options.emit.lane(lane)
    this.#spans.push(new LiveSpans(lane.id, memory, labels, this.#options.round ?? undefined))
  }

  #tick(): void {
    const now = this.#options.nowUs()
    this.#look(now)
    this.#options.onTick(now)
    if (now - this.#toldUs < TELL_EVERY_US) return
    this.#toldUs = now
    this.#tell(false)
  }

  #look(now: number): void {
    const { state, depth: depthOf, capacity, durableQueue } = this.#options
    const counts = state.counts(now)
    const depth = depthOf()
    this.#deepest = Math.max(this.#deepest, depth)
    this.little.take(now, counts.atTheDoor + depth + (durableQueue ? 0 : counts.inHand))
    this.#streams.depth.add(now, depth)
    this.#streams.blocked.add(now, counts.blockedMs)
    const isFull = depth >= capacity
    if (isFull || this.#wasFull) this.#full += isFull && this.#wasFull ? now - this.#lastUs : 0
    if (isFull && !this.#wasFull) this.#fullSpans.push({ start: now, end: now })
    const full = this.#fullSpans.at(-1)
    if (full && isFull) full.end = now
    this.#wasFull = isFull
    this.#lastUs = now
    const tookUs = now - this.#rate.atUs
    if (tookUs < this.#rateUs) return
    this.#streams.in.add(now, ((counts.made - this.#rate.made) * 1_000_000) / tookUs)
    this.#streams.out.add(now, ((counts.committed - this.#rate.committed) * 1_000_000) / tookUs)
    this.#rate = { atUs: now, made: counts.made, committed: counts.committed }
  }

  #tell(end: boolean): void {
    const { emit, messages, state, nowUs, tellsProgress } = this.#options
    const { latency, flows } = this.#followed()
    const counters = Object.values(this.#streams).flatMap((stream) => stream.drain(end))
    emit.counters([...counters, ...latency])
    const cut = fullSinceUs(this.#spans.map(({ memory }) => memory))
    emit.spans({ spans: [...this.#spans.flatMap((spans) => spans.drain(cut)), ...this.#queueSpans(end)], flows })
    if (!tellsProgress) return
    const counts = state.counts(nowUs())
    const done = Math.min(messages, counts.committed + state.sumMade('dropped') + state.sumMade('rejected'))
    emit.progress({
      done,
      total: messages,
      label: 'flowing',
      values: { done, total: messages },
      remainingMs: this.#remainingMs(done),
    })
  }

  #remainingMs(done: number): number | null {
    const { messages, ratePerSecond, state, nowUs } = this.#options
    const elapsedMs = (nowUs() - state.startUs) / 1000
    if (done === 0 || elapsedMs < 200) return null
    const byRate = ratePerSecond > 0 ? (messages / ratePerSecond) * 1000 - elapsedMs : 0
    return Math.max(0, byRate, (elapsedMs / done) * (messages - done) * (ratePerSecond > 0 ? 0 : 1))
  }

  /** When the queue was full, on a lane of its own. The last one grows, so it is told when it is over. */
  #queueSpans(end: boolean) {
    const { group, round } = this.#options
    const over = end || !this.#wasFull ? this.#fullSpans : this.#fullSpans.slice(0, -1)
    this.#fullSpans = this.#fullSpans.slice(over.length)
    return over.map(({ start, end: until }) => ({
      lane: `${group}/queue`,
      name: 'full',
      kind: 'contended' as const,
      start,
      duration: until - start,
      ...(round === null ? {} : { round }),
    }))
  }

  /** Of messages that are followed: their latency as points in time, and an arrow from the moment they were due to their commit. */
  #followed(): { latency: CounterSeries[]; flows: Flow[] } {
    const { group } = this.#options
    const points: { at: number; ms: number }[] = []
    const flows: Flow[] = []
    for (const one of this.#sampled) {
      const { samples } = one.memory
      for (; one.taken < (samples[0] ?? 0); one.taken++) {
        const at = 1 + SAMPLE_FIELDS * one.taken
        const [key = 0, scheduledUs = 0, committedUs = 0] = [samples[at], samples[at + 1], samples[at + 2]]
        points.push({ at: committedUs, ms: (committedUs - scheduledUs) / 1000 })
        flows.push({
          id: `${group}/${key}`,
          name: 'message',
          from: { lane: `${group}/producer-${producerOf(key) + 1}`, at: scheduledUs },
          to: { lane: one.lane, at: committedUs },
        })
      }
    }
    if (points.length === 0) return { latency: [], flows }
    points.sort((a, b) => a.at - b.at)
    const series = { id: `${group}/latency`, group: groupOf(this.#options, 'consumers'), name: 'latency', unit: 'ms' }
    return { latency: [{ ...series, times: points.map(({ at }) => at), values: points.map(({ ms }) => ms) }], flows }
  }
}
