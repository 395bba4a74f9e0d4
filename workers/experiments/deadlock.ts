/**
 * Executes `deadlock`: starts the threads together on shared locks and watches them from outside until they have done their rounds,
 * sleep in a circle or only retry. Threads that sleep for ever are terminated; none outlives the run.
 */
import type { DeadlockParams, DeadlockResult } from '#lib/experiments/deadlock.ts'
import { locksOf } from '#lib/experiments/deadlock-policies.ts'
import { type CrewRun, laneId, startThreadCrew, type ThreadCrew } from '../threads/thread-crew.ts'
import { failureOf } from '../threads/thread-outcome.ts'
import { type BoardTotals, createBoardMemory, DeadlockBoard } from './deadlock/board.ts'
import { CountSeries } from './deadlock/count-series.ts'
import { deadlockSpans } from './deadlock/deadlock-trace.ts'
import { type DeadlockShared, LOCK_STRIDE, participateProgram } from './deadlock/participant.ts'
import { lockNameOf, resultOf } from './deadlock/result-of.ts'
import { spanLabels } from './deadlock/span-labels.ts'
import { type Stuck, Watchdog } from './deadlock/watchdog.ts'
import { createWorkMemory, isIntact } from './deadlock/work.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'

type Context = RunContext<DeadlockParams>

/** Of all threads together. */
const SPANS = 18_000
/** Who can stop when asked to does so at once; who sleeps in a deadlock never would. */
const GRACE_MS = 50

export const handler: Handler<DeadlockParams, DeadlockResult> = async (context) => {
  const { params, clock, signal, emit, machine } = context
  const { scenario, policy, rounds, seed } = params
  const participants = params.participants ?? 1
  const locks = locksOf(scenario, policy, participants)
  const labels = spanLabels(locks, lockNameOf(scenario, policy))
  await using crew = await startCrew(context, participants)

  const boardMemory = createBoardMemory(participants, locks)
  const board = new DeadlockBoard(boardMemory)
  const shared: DeadlockShared = {
    board: boardMemory,
    locks: new Int32Array(new SharedArrayBuffer(4 * LOCK_STRIDE * locks)),
    work: createWorkMemory(scenario, participants, rounds, seed),
  }
  const stopping = new AbortController()
  const stucks: Stuck[] = []
  const tell = createTeller(context, participants, board)
  using watchdog = new Watchdog({
    board,
    policy,
    everyMs: params.checkEveryMs,
    nowUs: () => clock.nowUs(),
    wake: (lock) => void Atomics.notify(shared.locks, lock * LOCK_STRIDE),
    onLook: tell,
    onStuck: (stuck) => {
      stucks.push(stuck)
      stopping.abort(new Error(stuck.how))
    },
  })
  const run = await crew.run(participateProgram, {
    shared,
    argsOf: () => ({ ...params, participants }),
    labels,
    signal: stopping.signal,
  })
  const endedUs = clock.nowUs()
  const [stuck = null] = stucks
  signal.throwIfAborted()
  refuseUnexpectedEnds(run, stuck !== null)
  const counts = board.counts()
  tell(board.totals(), endedUs)
  const recorded = run.threads.map(({ spans }) => spans)
  emit.spans({ spans: deadlockSpans(policy, recorded, labels), omitted: run.omitted })
  // Of threads that were terminated some hold what belongs into a list.
  if (stuck === null && !isIntact(scenario, shared.work, counts.rounds)) {
    throw new RunFailure('verification', 'two threads met in data that a lock protects')
  }
  return resultOf({
    params,
    cores: machine.cpus,
    roundsDone: counts.rounds,
    retries: counts.retries,
    detections: watchdog.detections,
    busiest: watchdog.busiest,
    stuck,
    beganUs: board.beganUs ?? endedUs,
    endedUs,
  })
}

const startCrew = async ({ params, clock, signal, emit }: Context, participants: number): Promise<ThreadCrew> => {
  signal.throwIfAborted()
  emit.progress({ done: 0, total: 0, label: 'starting-threads', values: { threads: participants }, remainingMs: null })
  const crew = await startThreadCrew({
    threads: participants,
    originNs: clock.originNs,
    signal,
    spanCapacity: Math.floor(SPANS / participants),
    graceMs: GRACE_MS,
  })
  for (const lane of crew.lanes(params.policy)) emit.lane(lane)
  emit.spans({
    spans: crew.startups.map(({ startUs, durationUs }, i) => ({
      lane: laneId(params.policy, i),
      name: 'start-up',
      kind: 'startup',
      start: startUs,
      duration: durationUs,
    })),
  })
  return crew
}

/** Tells how many rounds and retries there have been: as counters, each at the moment of its last change, and as progress. */
const createTeller = ({ params, emit }: Context, participants: number, board: DeadlockBoard) => {
  const all = params.rounds * participants
  const [rounds, retries] = [new CountSeries(params.policy, 'rounds-done'), new CountSeries(params.policy, 'retries')]
  return (totals: BoardTotals, atUs: number): void => {
    const beganUs = board.beganUs ?? atUs
    emit.counters([
      rounds.tell(totals.rounds, { beganUs, changedUs: totals.lastRoundUs, atUs }),
      retries.tell(totals.retries, { beganUs, changedUs: totals.lastRetryUs, atUs }),
    ])
    emit.progress({
      done: totals.rounds,
      total: all,
      label: 'rounds-done',
      values: { rounds: totals.rounds, all, retries: totals.retries },
      remainingMs: null,
    })
  }
}

/** Whoever threw, died, or was terminated although nothing was stuck. */
const refuseUnexpectedEnds = (run: CrewRun<unknown>, mayBeTerminated: boolean): void => {
  // While it held locks, perhaps: the others were stopped because of it.
  if (run.firstFailed !== null) throw failureOf(run, run.firstFailed)
  for (const [index, { outcome }] of run.threads.entries()) {
    // Asked to stop while it waited for the others at the start.
    if (outcome.how === 'threw' && !(mayBeTerminated && outcome.error.name === 'CancelledError')) {
      throw new RunFailure('internal', `thread ${index + 1}: ${outcome.error.name}: ${outcome.error.message}`)
    }
    if (outcome.how === 'terminated' && !mayBeTerminated) {
      throw new RunFailure('crashed', `thread ${index + 1}: ${outcome.reason}`)
    }
  }
}
