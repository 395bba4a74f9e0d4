/**
 * Executes `race`: starts the threads once and lets them race trial after trial, each on memory made new. After the counted trials come
 * traced ones, whose steps are timed, until one shows how it goes wrong: timing makes steps slower, so these aren't counted.
 */
import type { RaceParams, RaceResult } from '#lib/experiments/race.ts'
import { raceFindings } from '#lib/experiments/race-findings.ts'
import { findInterleaving, type Interleaving, type TracedStep } from '#lib/experiments/race-interleaving.ts'
import { isForbidden, OBSERVED, outcomesOf } from '#lib/experiments/race-kinds.ts'
import { operationsOf } from '#lib/experiments/race-so-far.ts'
import { ruleOfThree } from '#lib/statistics/rule-of-three.ts'
import { startThreadCrew, type ThreadCrew } from '../threads/thread-crew.ts'
import { returned } from '../threads/thread-outcome.ts'
import { type JudgedTrial, judgeTrial } from './race/judge-trial.ts'
import { tracedSpans, trialSpans } from './race/race-spans.ts'
import { calibrateProgram, raceOnceProgram, type ThreadTrial } from './race/trial.ts'
import { TrialRoom } from './race/trial-room.ts'
import type { Handler, RunContext } from './run-context.ts'

type Context = RunContext<RaceParams>

/** Traced trials that look for a meeting of threads, and how many operations each thread does in one. */
const TRACED_TRIALS = 8
const TRACED_ITERATIONS = 300
/** Where counted trials went wrong, one is traced until it shows how, for as long as this: on a busy machine threads seldom meet. */
const TRACE_UNTIL_BROKEN_MS = 3_000
/** Between two tellings of the progress. */
const PROGRESS_EVERY_MS = 50

interface Executed extends JudgedTrial {
  threads: ThreadTrial[]
  startUs: number
  elapsedMs: number
}

export const handler: Handler<RaceParams, RaceResult> = async (context) => {
  const { params, signal, clock, emit, machine } = context
  emit.progress({ label: 'starting', values: { key: 'threads' }, done: 0, total: params.trials, remainingMs: null })
  await using crew = await startThreadCrew({ threads: params.threads, originNs: clock.originNs, signal })
  for (const lane of crew.lanes('trials')) emit.lane(lane)
  const gap = await gapSteps(crew, params.gapNs)
  const judged = await runTrials(context, crew, gap)
  const wrong = judged.map((trial) => wentWrong(params, trial))
  const interleaving = await traceInterleaving(context, crew, gap, wrong.includes(true))

  const counts: Record<string, number> = {}
  for (const trial of judged) {
    for (const [label, count] of Object.entries(trial.counts)) counts[label] = (counts[label] ?? 0) + count
  }
  const first = wrong.indexOf(true)
  const result: RaceResult = {
    outcomes: outcomesOf(params.scenario, counts),
    observed: OBSERVED[params.scenario],
    lost: judged.map(({ lost }) => lost),
    operations: operationsOf(params),
    trials: { total: judged.length, forbidden: wrong.filter(Boolean).length },
    firstForbiddenTrial: first === -1 ? null : first + 1,
    notObservedBound: first === -1 ? ruleOfThree(judged.length) : null,
    interleaving: interleaving && {
      broken: interleaving.broken,
      steps: interleaving.steps.map((step) => ({ ...step, thread: step.thread + 1 })),
    },
    cores: machine.cpus,
    architecture: process.arch,
    findings: [],
  }
  return { ...result, findings: raceFindings(result, params) }
}

const wentWrong = ({ scenario }: RaceParams, { counts }: JudgedTrial): boolean =>
  Object.entries(counts).some(([label, count]) => count > 0 && isForbidden(scenario, label))

const gapSteps = async (crew: ThreadCrew, gapNs: number): Promise<number> => {
  const [stepsPerUs = 0] = returned(await crew.run(calibrateProgram, { shared: null, argsOf: () => null, threads: 1 }))
  return Math.round((stepsPerUs * gapNs) / 1000)
}

const runTrials = async (context: Context, crew: ThreadCrew, gap: number): Promise<JudgedTrial[]> => {
  const { params, signal, emit, clock } = context
  const { warmup, trials } = params
  const room = new TrialRoom(params, params.iterations)
  const judged: JudgedTrial[] = []
  const beganUs = clock.nowUs()
  let toldUs = Number.NEGATIVE_INFINITY
  for (let trial = -warmup; trial < trials; trial++) {
    signal.throwIfAborted()
    const nowUs = clock.nowUs()
    if (nowUs - toldUs > PROGRESS_EVERY_MS * 1000) {
      toldUs = nowUs
      const done = trial + warmup
      const remainingMs = done === 0 ? null : ((nowUs - beganUs) / 1000 / done) * (warmup + trials - done)
      emit.progress({
        label: 'racing',
        values: { trial: Math.max(1, trial + 1), trials },
        done,
        total: warmup + trials,
        remainingMs,
      })
    }
    const { counts, lost, threads, elapsedMs } = await executeTrial(context, crew, room, { gap, trial, traced: false })
    emit.sample({ ...counts, key: params.guard, round: trial, elapsedMs, lost })
    if (trial < 0) continue
    judged.push({ counts, lost })
    emit.spans({ spans: trialSpans(threads, trial) })
  }
  emit.progress({
    label: 'racing',
    values: { trial: trials, trials },
    done: warmup + trials,
    total: warmup + trials,
    remainingMs: 0,
  })
  return judged
}

const executeTrial = async (
  { params, signal }: Context,
  crew: ThreadCrew,
  room: TrialRoom,
  { gap, trial, traced }: { gap: number; trial: number; traced: boolean },
): Promise<Executed> => {
  const memory = room.cleared()
  const { scenario, guard, withdrawLock, depositLock, seed } = params
  const common = { scenario, guard, withdrawLock, depositLock, iterations: room.iterations, gap, traced }
  const run = await crew.run(raceOnceProgram, {
    shared: memory,
    // Every thread and every trial transfers something else.
    argsOf: (index) => ({
      ...common,
      seed: Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(trial * 8 + index + 1, 0x85ebca6b),
    }),
  })
  signal.throwIfAborted()
  const threads = returned(run)
  const startUs = Math.min(...threads.map((thread) => thread.startUs))
  const elapsedMs = (Math.max(...threads.map(({ endUs }) => endUs)) - startUs) / 1000
  return { ...judgeTrial(scenario, memory, threads, room.iterations), threads, startUs, elapsedMs }
}

const traceInterleaving = async (
  context: Context,
  crew: ThreadCrew,
  gap: number,
  goesWrong: boolean,
): Promise<Interleaving | null> => {
  const { params, emit, clock } = context
  const room = new TrialRoom(params, Math.min(params.iterations, TRACED_ITERATIONS))
  let found: Interleaving | null = null
  let seen: TracedStep[][] = []
  const untilUs = clock.nowUs() + (goesWrong ? TRACE_UNTIL_BROKEN_MS * 1000 : 0)
  for (let trial = 0; !found?.broken && (trial < TRACED_TRIALS || clock.nowUs() < untilUs); trial++) {
    const { threads } = await executeTrial(context, crew, room, { gap, trial: params.trials + trial, traced: true })
    const steps = threads.map((thread, index) => thread.steps.map((step) => ({ ...step, thread: index })))
    const better = findInterleaving(params.scenario, steps)
    if (better === null || (found !== null && !better.broken)) continue
    found = better
    seen = steps
  }
  if (found === null) return null
  for (const lane of crew.lanes('traced')) emit.lane(lane)
  emit.spans(tracedSpans(seen, found))
  return found
}
