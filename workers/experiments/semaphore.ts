/**
 * Executes semaphore: the same jobs by the same threads, with a semaphore and without, in interleaved rounds; then the foreign
 * release. What happens inside the threads stands in semaphore/permitted-jobs.ts and semaphore/foreign-release.ts.
 */
import type { CounterSeries } from '#lib/contract/trace.ts'
import { buildComparison } from '#lib/experiments/comparison.ts'
import { type SemaphoreParams, type SemaphoreResult, semaphoreResultSchema } from '#lib/experiments/semaphore.ts'
import { semaphoreFindings } from '#lib/experiments/semaphore-findings.ts'
import { permittedJobsMs } from '#lib/experiments/semaphore-model.ts'
import { Semaphore } from '#lib/primitives/semaphore.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { type Measurement, runInterleavedRounds } from '../measuring/interleaved-rounds.ts'
import { splitHeld } from '../threads/held-spans.ts'
import { laneId, startThreadCrew, type ThreadCrew } from '../threads/thread-crew.ts'
import { returned } from '../threads/thread-outcome.ts'
import { type Handler, type RunContext, RunFailure } from './run-context.ts'
import { freePermits } from './semaphore/free-permits.ts'
import { calibrateProgram, FEWEST, JOB_LABELS, jobsProgram, MOST } from './semaphore/permitted-jobs.ts'
import { tryReleases } from './semaphore/try-releases.ts'

type Context = RunContext<SemaphoreParams>
type Key = 'semaphore' | 'unlimited'

interface Round extends Measurement {
  cpuMs: number
  most: number
  fewest: number
  waited: number
  counter: CounterSeries
}

const TRACED_ROUNDS = 2

export const handler: Handler<SemaphoreParams, SemaphoreResult> = async (context) => {
  const { params, signal, emit, clock, machine } = context
  emit.progress({ done: 0, total: 1, label: 'starting', values: { key: 'threads' }, remainingMs: null })
  await using crew = await startThreadCrew({
    // The foreign release needs a holder and a stranger.
    threads: Math.max(2, params.threads),
    originNs: clock.originNs,
    signal,
    spanCapacity: 2 * params.jobs,
  })
  const startupMs = Math.max(...crew.startups.map(({ durationUs }) => durationUs)) / 1000
  const [stepsPerUs = 1] = returned(await crew.run(calibrateProgram, { threads: 1, shared: null, argsOf: () => null }))
  signal.throwIfAborted()
  const releases = await tryReleases(crew)
  for (const key of ['semaphore', 'unlimited']) for (const lane of crew.lanes(key, params.threads)) emit.lane(lane)

  const jobSteps = params.jobMs * 1000 * stepsPerUs
  const { measurements, samplesMs } = await runInterleavedRounds<Round>({
    contenders: (['unlimited', 'semaphore'] as const).map((key) => ({
      key,
      run: (round) => doOnce(context, crew, key, round, jobSteps),
    })),
    ...{ warmup: params.warmup, rounds: params.rounds, seed: params.seed },
    ...{ signal, emit },
  })
  const limited = measurements.get('semaphore') ?? []
  const unlimited = measurements.get('unlimited') ?? []
  const { jobs, jobMs, threads } = params
  const permits = Math.min(params.permits, threads)
  const modelMs = permittedJobsMs(jobs, jobMs, permits, machine.cpus)
  const entry = (key: Key, rounds: readonly Round[], model: number) => ({
    key,
    samplesMs: samplesMs.get(key) ?? [],
    ...{ startupMs, cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)), modelMs: model },
  })
  const elapsed = limited.map(({ elapsedMs }) => elapsedMs)
  const [typical] = [...limited].sort((a, b) => a.elapsedMs - b.elapsedMs).slice(Math.floor((limited.length - 1) / 2))
  if (!typical) throw new RunFailure('internal', 'no round was counted')
  const facts = {
    ...releases,
    comparison: buildComparison({
      baseline: 'unlimited',
      seed: params.seed,
      warmup: params.warmup,
      measured: [
        entry('unlimited', unlimited, permittedJobsMs(jobs, jobMs, threads, machine.cpus)),
        entry('semaphore', limited, modelMs),
      ],
    }),
    maxInside: Math.max(...limited.map(({ most }) => most)),
    minInside: Math.min(...limited.map(({ fewest }) => fewest)),
    maxInsideUnlimited: Math.max(...unlimited.map(({ most }) => most)),
    elapsedMs: median(elapsed),
    elapsedCi95Ms: medianInterval(elapsed),
    modelMs,
    enoughCoresMs: permittedJobsMs(jobs, jobMs, permits, Number.POSITIVE_INFINITY),
    waitedShare: limited.reduce((sum, { waited }) => sum + waited, 0) / (limited.length * jobs),
    cores: machine.cpus,
    sweep: null,
  }
  return semaphoreResultSchema.parse({ ...facts, counter: typical.counter, findings: semaphoreFindings(facts, params) })
}

const doOnce = async (
  { params, signal, emit }: Context,
  crew: ThreadCrew,
  key: Key,
  round: number,
  jobSteps: number,
): Promise<Round> => {
  const { jobs, threads, permits } = params
  const words = new Int32Array(new SharedArrayBuffer(16))
  const times = new Float64Array(new SharedArrayBuffer(16 * jobs))
  const semaphore = key === 'semaphore' ? new Semaphore(permits).words : null
  const run = await crew.run(jobsProgram, {
    threads,
    labels: JOB_LABELS,
    shared: { semaphore, words, times },
    argsOf: () => ({ jobs, jobSteps }),
  })
  signal.throwIfAborted()
  const shares = returned(run)
  const most = words[MOST] ?? 0
  const fewest = words[FEWEST] ?? 0
  if (key === 'semaphore' && (most > permits || fewest < 0)) {
    throw new RunFailure('verification', `between ${fewest} and ${most} were inside with ${permits} permits`)
  }
  const startUs = Math.min(...shares.map((share) => share.startUs))
  const endUs = Math.max(...shares.map((share) => share.endUs))
  const counter = freePermits({ times, startUs, endUs, permits: key === 'semaphore' ? permits : threads, group: key })
  if (key === 'semaphore') emit.counters([counter])
  if (round >= 0 && round < TRACED_ROUNDS) {
    const spans = splitHeld(
      run.threads.map((thread) => thread.spans),
      (name) => `${name}, others wait`,
    )
    emit.spans({
      spans: spans.flatMap((own, index) =>
        own.map(({ kind, name, startUs: start, endUs: end }) => ({
          lane: laneId(key, index),
          ...{ name, kind, round, start, duration: end - start },
        })),
      ),
      omitted: run.omitted,
    })
  }
  const waited = shares.reduce((sum, share) => sum + share.waited, 0)
  const elapsedMs = (endUs - startUs) / 1000
  const cpuMs = run.threads.reduce((sum, { usage }) => sum + (usage?.cpuUs ?? 0), 0) / 1000
  return { elapsedMs, cpuMs, most, fewest, waited, counter, fields: { maxInside: most, waited } }
}
