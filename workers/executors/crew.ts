/**
 * The workers of a pool: starts them, tells them that there is work, replaces those that end, ends them all. No message is
 * sent for a call; a worker is told that there is something to claim, and tells when it found nothing more.
 *
 * No call waits for ever: a worker that is told claims until nothing is left, so work can only be overlooked by one that says
 * it is idle, and then it is told again if more calls are open than other workers may have in hand.
 */
import type { Lane, LaneKind } from '#lib/contract/trace.ts'
import type { Board } from './board.ts'
import type { Startup } from './executor.ts'
import { LaneRegister } from './lane-register.ts'
import type { Delivery, EntryId, RemoteError } from './protocol.ts'
import type { Connect, WorkerLink } from './worker-link.ts'

export interface CrewOptions<Handout> {
  board: Board<Handout>
  connect: Connect<Handout>
  /** Threads or processes. */
  size: number
  /** Calls that each may have in execution at once. */
  inFlight: number
  /** Working ones hear of news too (threads), or find it by themselves (processes). */
  tellWorking: boolean
  group: string
  laneKind: LaneKind
  nowUs: () => number
}

export interface CrewListener {
  delivered(lane: Lane, delivery: Delivery): void
  /** A worker died; its calls are settled or laid out again before another takes its place. */
  died(place: Place, reason: string, cause: RemoteError | null): void
  /** Calls without an outcome. */
  openCalls(): number
  /** All workers are idle and know of everything, so nobody has these in hand: they died with a worker. */
  lost(): void
  /** Workers can't be started at all. */
  broken(reason: string): void
}

/** Where a worker works; when it dies another takes its place. */
export interface Place {
  /** Its lines of claims are from `first` to below `end`. */
  first: number
  end: number
  lane: Lane
  stopping: boolean
}

interface Seat<Handout> extends Place {
  link: WorkerLink<Handout> | null
  state: 'starting' | 'idle' | 'working' | 'gone'
  told: number
  startUs: number
  cause: RemoteError | null
}

const STARTS_BEFORE_GIVING_UP = 3
const CLOSE_WITHIN_MS = 2000

export class Crew<Handout> {
  readonly #options: CrewOptions<Handout>
  readonly #listener: CrewListener
  readonly #register: LaneRegister
  readonly #seats: Seat<Handout>[] = []
  readonly #ready = Promise.withResolvers<void>()
  readonly #gone = Promise.withResolvers<void>()
  readonly #whenSettled: (() => void)[] = []
  #started = false
  #closing = false
  #failedStarts = 0
  /** Only seats below this number are told of work. */
  #engaged: number

  constructor(options: CrewOptions<Handout>, listener: CrewListener) {
    this.#options = options
    this.#listener = listener
    this.#register = new LaneRegister(options.group, options.laneKind)
    this.#engaged = options.size
    // Told to the listener as well; who never calls start() has nobody to hear it here.
    this.#ready.promise.catch(() => undefined)
  }

  get lanes(): readonly Lane[] {
    return this.#register.lanes
  }

  get startups(): readonly Startup[] {
    return this.#register.startups
  }

  /** Rejects when workers can't be started. */
  start(): Promise<void> {
    if (this.#started) return this.#ready.promise
    this.#started = true
    const { size, inFlight } = this.#options
    for (let number = 0; number < size; number++) {
      const first = number * inFlight
      const seat: Seat<Handout> = {
        first,
        end: first + inFlight,
        lane: this.#register.newLane(),
        stopping: false,
        link: null,
        state: 'starting',
        told: 0,
        startUs: 0,
        cause: null,
      }
      this.#seats.push(seat)
      this.#connect(seat)
    }
    return this.#ready.promise
  }

  engage(seats: number): void {
    const { size } = this.#options
    if (!Number.isInteger(seats) || seats < 1 || seats > size) {
      throw new RangeError(`from 1 to ${size} workers can be engaged, not ${seats}`)
    }
    this.#engaged = seats
  }

  /** Resolves when no worker is at work or on its way to say that it found nothing more. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSettled.push(resolve)
      this.#tellIfSettled()
    })
  }

  #tellIfSettled(): void {
    if (this.#seats.some(({ state }) => state === 'working')) return
    for (const resolve of this.#whenSettled.splice(0)) resolve()
  }

  /** There is work for up to `calls` more workers. */
  tell(calls: number): void {
    let more = calls
    const engaged = this.#seats.slice(0, this.#engaged)
    for (const seat of engaged) if (more > 0 && seat.state === 'idle' && this.#tellSeat(seat)) more--
    if (!this.#options.tellWorking) return
    for (const seat of engaged) if (more > 0 && seat.state === 'working' && this.#tellSeat(seat)) more--
  }

  /** Lets a task that listens to its `signal` hear that it is cancelled. Null: nobody is there. */
  cancel(worker: number, call: EntryId): Place | null {
    const seat = this.#seats.find((candidate) => worker >= candidate.first && worker < candidate.end)
    if (!seat || seat.state === 'gone') return null
    seat.link?.send({ type: 'cancel', ...call })
    return seat
  }

  /** Ends the worker that is at this place now, and is still the one of this lane. */
  stop(place: Place, lane: Lane): void {
    const seat = this.#seats.find((candidate) => candidate === place)
    if (!seat || seat.lane !== lane || seat.stopping) return
    seat.stopping = true
    seat.link?.stop()
  }

  /** Resolves when no worker is left. Called when no call is open. */
  async close(): Promise<void> {
    this.#closing = true
    if (!this.#started || this.#seats.every((seat) => seat.state === 'gone')) return
    for (const seat of this.#seats) if (seat.state !== 'gone') seat.link?.send({ type: 'close' })
    // Something that a task left behind, a resource that doesn't close: the worker doesn't outlive the pool for it.
    const impatience = setTimeout(() => {
      for (const seat of this.#seats) this.stop(seat, seat.lane)
    }, CLOSE_WITHIN_MS)
    try {
      await this.#gone.promise
    } finally {
      clearTimeout(impatience)
    }
  }

  #connect(seat: Seat<Handout>): void {
    seat.startUs = this.#options.nowUs()
    seat.link = this.#options.connect(seat.first, {
      message: (message) => {
        if (message.type === 'results') this.#delivered(seat, message)
        else if (message.type === 'dying') seat.cause = message
        else {
          this.#register.becomesReady(seat.lane, seat.startUs, message)
          this.#failedStarts = 0
          this.#becomesIdle(seat)
          if (this.#seats.every((other) => other.state !== 'starting')) this.#ready.resolve()
        }
      },
      ended: (reason) => this.#ended(seat, reason),
    })
  }

  #tellSeat(seat: Seat<Handout>): boolean {
    const { board } = this.#options
    if (seat.told === board.latest) return false
    const handout = board.handout(seat.told)
    seat.told = board.latest
    seat.state = 'working'
    seat.link?.send({ type: 'work', told: seat.told, handout })
    return true
  }

  #delivered(seat: Seat<Handout>, delivery: Delivery): void {
    this.#listener.delivered(seat.lane, delivery)
    // An older number: it was told something since, and will say so again.
    if (delivery.idle !== null && delivery.idle === seat.told) this.#becomesIdle(seat)
    this.#tellIfSettled()
  }

  #becomesIdle(seat: Seat<Handout>): void {
    seat.state = 'idle'
    // What is open is not for it: those engaged look after it.
    if (this.#seats.indexOf(seat) >= this.#engaged) return
    const others = this.#seats.filter((other) => other.state === 'working' || other.state === 'starting').length
    if (this.#listener.openCalls() <= others * this.#options.inFlight) return
    if (this.#tellSeat(seat) || others > 0) return
    this.#listener.lost()
  }

  #ended(seat: Seat<Handout>, reason: string): void {
    const { cause, state } = seat
    if (state === 'starting') this.#failedStarts++
    seat.state = 'gone'
    seat.link = null
    const why = cause ? `${reason}: ${cause.message}` : reason
    this.#listener.died(seat, why, cause)
    this.#options.board.forget(seat.first, seat.end)
    this.#tellIfSettled()
    const broken = this.#failedStarts >= STARTS_BEFORE_GIVING_UP
    if (this.#closing || broken) {
      if (broken) {
        this.#ready.reject(new Error(`the workers of ${this.#options.group} can't be started: ${why}`))
        this.#listener.broken(why)
      }
      if (this.#seats.every((other) => other.state === 'gone')) this.#gone.resolve()
      return
    }
    Object.assign(seat, { state: 'starting', stopping: false, told: 0, cause: null, lane: this.#register.newLane() })
    this.#connect(seat)
  }
}
