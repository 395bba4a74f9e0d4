/**
 * One stretch of one server, executed as a task in the server's own thread or process: requests arrive on its event loop as
 * messages from its load generator, and are answered in order of arrival. What happened is written into preallocated arrays
 * and handed over at the end.
 */
import { defineTask, type TaskContext } from '../../executors/executor.ts'
import { readThreadUsage, type ThreadUsage, usageBetween } from '../../measuring/cpu-time.ts'
import { ArrivalSource, LONG } from './arrival-source.ts'
import { calibrate, computation, computeToEnd } from './computation.ts'

/** Moments in microseconds on the run's clock. */
export interface StretchArgs {
  originNs: bigint
  /** 0 where this server only computes. */
  shorts: number
  firstUs: number
  everyUs: number
  shortNumbers: number
  long: { atUs: number; numbers: number } | null
  /** How long the long computation goes on before it lets others go first; null: it never does. */
  sliceUs: number | null
  numbersPerMs: number
}

export interface Served {
  /** By the number of the short request. */
  startedUs: Float64Array
  finishedUs: Float64Array
  /** Starts and ends of the long computation's slices: one where it never yields, none where this server has none. */
  slicesUs: Float64Array
  /** Primes found: the same for everybody who did the same work. */
  longChecksum: number
  shortChecksum: number
  generatorLateUs: number
  usage: ThreadUsage
}

export interface PrepareArgs {
  originNs: bigint
}

const sourceOf = (context: TaskContext, originNs: bigint): ArrivalSource =>
  context.resource('scheduling/arrivals', () => new ArrivalSource(originNs))

/** Starts the load generator and warms the computation up, so that no stretch pays for either. */
export const prepare = async ({ originNs }: PrepareArgs, context: TaskContext): Promise<null> => {
  calibrate(null, context)
  await sourceOf(context, originNs).ready
  return null
}

/** A short request is over before anybody could wish to cancel it, and nobody would catch what its handler throws. */
const NEVER_CANCELLED = { cancelled: () => false }

/** Until what the event loop has received meanwhile has been handled. */
const othersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const serveStretch = async (args: StretchArgs, context: TaskContext): Promise<Served> => {
  const { shorts, long, sliceUs, numbersPerMs, shortNumbers } = args
  const source = sourceOf(context, args.originNs)
  const startedUs = new Float64Array(shorts)
  const finishedUs = new Float64Array(shorts)
  const slicesUs: number[] = []
  const before = readThreadUsage()
  let shortChecksum = 0
  let longEnds: (primes: number) => void = () => undefined
  let longFails: (reason: unknown) => void = () => undefined
  const longDone = new Promise<number>((resolve, reject) => {
    longEnds = resolve
    longFails = reject
  })
  if (long === null) longEnds(0)

  const computeLong = async (numbers: number): Promise<number> => {
    const steps = computation(numbers, numbersPerMs, context)
    for (;;) {
      const sliceStart = context.nowUs()
      let step = steps.next()
      while (!step.done && (sliceUs === null || context.nowUs() - sliceStart < sliceUs)) step = steps.next()
      slicesUs.push(sliceStart, context.nowUs())
      if (step.done) return step.value
      await othersFirst()
    }
  }

  const allSent = source.send(
    { shorts, firstUs: args.firstUs, everyUs: args.everyUs, longAtUs: long?.atUs ?? null },
    (index) => {
      if (index === LONG) {
        computeLong(long?.numbers ?? 0).then(longEnds, longFails)
        return
      }
      startedUs[index] = context.nowUs()
      shortChecksum += computeToEnd(computation(shortNumbers, numbersPerMs, NEVER_CANCELLED))
      finishedUs[index] = context.nowUs()
    },
  )
  const [generatorLateUs, longChecksum] = await Promise.all([allSent, longDone])
  const usage = usageBetween(before, readThreadUsage())
  return {
    startedUs,
    finishedUs,
    slicesUs: new Float64Array(slicesUs),
    longChecksum,
    shortChecksum,
    generatorLateUs,
    usage,
  }
}

export const prepareTask = defineTask<PrepareArgs, null>(import.meta.url, 'prepare')
export const serveStretchTask = defineTask<StretchArgs, Served>(import.meta.url, 'serveStretch')
